# Quantiles of the negative binomial with a real size, by R's qnbinom. It writes expected.csv to the
# folder given.
#   Rscript reference.R FOLDER
args <- commandArgs(trailingOnly = TRUE)
size <- c(0.004, 0.05, 0.5, 1, 1.5, 3.7, 17.5, 36.5, 72.25, 1000.5, 100000.5)
prob <- c(0.001, 0.02, 0.1, 0.333333333333333, 0.5, 0.72, 0.98, 0.9995)
grid <- expand.grid(size = size, prob = prob)
grid <- grid[grid$size / grid$prob < 2e7, ]
out <- data.frame(
  size = formatC(grid$size, digits = 17, format = "g"), prob = formatC(grid$prob, digits = 17, format = "g"),
  p10 = qnbinom(0.1, grid$size, grid$prob), p50 = qnbinom(0.5, grid$size, grid$prob), p90 = qnbinom(0.9, grid$size, grid$prob))
out$size <- trimws(out$size); out$prob <- trimws(out$prob)
write.csv(format(out, scientific = FALSE, trim = TRUE), file.path(args[1], "expected.csv"), row.names = FALSE, quote = FALSE)
