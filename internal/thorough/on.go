//go:build faults

// Package thorough says how much the tests try.
package thorough

// On has tests try everything, for minutes: make test-faults.
const On = true
