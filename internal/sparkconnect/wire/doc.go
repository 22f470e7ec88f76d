// Package wire holds the messages of the Spark Connect protocol that package sparkconnect uses, generated
// from connect.proto.
package wire

//go:generate protoc --go_out=. --go_opt=paths=source_relative connect.proto
