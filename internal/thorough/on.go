//go:build faults

package thorough

// On has tests try everything, for minutes: make test-faults.
const On = true
