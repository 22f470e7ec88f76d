//go:build !faults

package main

// thorough is for make test-faults; without it tests try some of each kind.
const thorough = false
