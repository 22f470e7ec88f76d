//go:build !faults

// Package thorough says how much the tests try.
package thorough

// On is for make test-faults; without it tests try some of each kind.
const On = false
