package sparkconnect

import (
	"context"
	"errors"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Error is what a server answered in place of a result.
type Error struct {
	Message string // the first line of what the server said
	Remedy  string // what to do about it; "" where only the server's log knows
}

func (e *Error) Error() string {
	if e.Remedy == "" {
		return e.Message
	}
	return e.Message + "\n  " + e.Remedy
}

// longestMessage is where a server's message is cut: some answer with the whole plan.
const longestMessage = 300

// explain turns an error of the connection into one that says what to do.
func explain(err error) error {
	if errors.Is(err, context.Canceled) || status.Code(err) == codes.Canceled {
		return context.Canceled
	}
	s, ok := status.FromError(err)
	if !ok {
		return err
	}
	message, _, _ := strings.Cut(s.Message(), "\n")
	if cut := []rune(message); len(cut) > longestMessage {
		message = string(cut[:longestMessage]) + "…"
	}
	return &Error{message, remedies[s.Code()]}
}

const giveToken = "Give the server's token in the file that LVV_ENGINE_TOKEN_FILE names."

// remedies say what to do about an answer.
var remedies = map[codes.Code]string{
	codes.Unavailable:       "Is the server running, and does the address name its port (15002 unless it was set otherwise)?",
	codes.Unauthenticated:   giveToken,
	codes.PermissionDenied:  giveToken,
	codes.Unimplemented:     "The server does not know this call: Apache Spark 4.0 or later, or Sail 0.7 or later, is needed.",
	codes.ResourceExhausted: "Give the server more memory, or run with --engine duckdb.",
}
