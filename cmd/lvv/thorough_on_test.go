//go:build faults

package main

// thorough has tests try everything, for minutes: make test-faults.
const thorough = true
