# Reference values for the survival statistics, by R's survival package (survfit). For each
# NAME.csv (days, end: 0 still running, 1 return, 2 onward, 3 legalisation, 4 other; entered: days after
# which first at risk, 0 where there is no such column) it writes NAME.expected.csv to the folder given:
# the curves at each time that occurs. R puts at risk who entered before a day, here an entry counts on
# its own day: half a day is taken off.
#   Rscript reference.R FOLDER
suppressPackageStartupMessages(library(survival))
args <- commandArgs(trailingOnly = TRUE)
script <- sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE))
here <- dirname(script)
number <- function(x) ifelse(is.na(x), "NA", trimws(formatC(x, digits = 17, format = "g")))

for (file in sort(list.files(here, pattern = "^[a-z_]+[.]csv$"))) {
  data <- read.csv(file.path(here, file))
  if (is.null(data$entered)) data$entered <- 0
  data$entered <- data$entered - 0.5
  data$id <- seq_len(nrow(data))
  km <- survfit(Surv(entered, days, end > 0) ~ 1, data = data, conf.type = "log-log")
  aj <- survfit(Surv(entered, days, factor(end, levels = 0:4)) ~ 1, data = data, id = id)
  at <- function(x) x[match(km$time, aj$time), , drop = FALSE]
  states <- at(aj$pstate)
  out <- data.frame(
    days = km$time, at_risk = km$n.risk, survival = number(km$surv),
    low = number(km$lower), high = number(km$upper),
    return = number(states[, 2]), onward = number(states[, 3]),
    legalisation = number(states[, 4]), other = number(states[, 5]))
  write.csv(out, file.path(args[1], sub("[.]csv$", ".expected.csv", file)), row.names = FALSE, quote = FALSE)
}
