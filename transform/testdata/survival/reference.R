# Reference values for the survival statistics, by R's survival package (survfit). For each
# NAME.csv (days, end: 0 still running, 1 return, 2 onward, 3 legalisation, 4 other) it writes
# NAME.expected.csv to the folder given: the curves at each time that occurs.
#   Rscript reference.R FOLDER
suppressPackageStartupMessages(library(survival))
args <- commandArgs(trailingOnly = TRUE)
script <- sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE))
here <- dirname(script)
number <- function(x) ifelse(is.na(x), "NA", trimws(formatC(x, digits = 17, format = "g")))

for (file in sort(list.files(here, pattern = "^[a-z_]+[.]csv$"))) {
  data <- read.csv(file.path(here, file))
  km <- survfit(Surv(days, end > 0) ~ 1, data = data, conf.type = "log-log")
  aj <- survfit(Surv(days, factor(end, levels = 0:4)) ~ 1, data = data)
  stopifnot(identical(km$time, aj$time))
  out <- data.frame(
    days = km$time, at_risk = km$n.risk, survival = number(km$surv),
    low = number(km$lower), high = number(km$upper),
    return = number(aj$pstate[, 2]), onward = number(aj$pstate[, 3]),
    legalisation = number(aj$pstate[, 4]), other = number(aj$pstate[, 5]))
  write.csv(out, file.path(args[1], sub("[.]csv$", ".expected.csv", file)), row.names = FALSE, quote = FALSE)
}
