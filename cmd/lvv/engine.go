package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"lvv/internal/private"
	"lvv/internal/say"
	"lvv/internal/sparkconnect"
	"lvv/transform/duckdb"
	"lvv/transform/spark"
)

// engineDuckDB is the engine that is built in.
const engineDuckDB = "duckdb"

// tokenVariable names the environment variable that may hold the path of a file with the engine's token.
// A token in an address or in the environment itself would be shown by ps and kept in histories.
const tokenVariable = "LVV_ENGINE_TOKEN_FILE"

// checkEngine refuses an address that no engine can have.
func checkEngine(engine string) error {
	if engine == engineDuckDB {
		return nil
	}
	if _, _, err := sparkconnect.ParseAddress(engine); err != nil {
		return usagef("--engine: %w\n  Give duckdb, which is built in, or the address of a server that speaks Spark Connect.", err)
	}
	return nil
}

// openEngine opens the engine on the store.
func (d *delivery) openEngine(ctx context.Context) (err error) {
	// The engine has its own memory; what the reading held goes back before it asks for any. Pools of buffers
	// are let go of by the second collection.
	runtime.GC()
	debug.FreeOSMemory()
	if strings.HasPrefix(d.src.engine, "sc:") {
		token, err := engineToken()
		if err != nil {
			return err
		}
		e, err := spark.Open(ctx, spark.Options{Store: d.read.Store, Address: d.src.engine, Token: token})
		if err != nil {
			return err
		}
		d.engine = e
		return nil
	}
	spill, err := d.work.Sub("spill")
	if err != nil {
		return err
	}
	e, err := duckdb.Open(ctx, duckdb.Options{
		Store: d.read.Store, TempDir: spill, Threads: d.src.threads, MemoryLimit: d.src.memory,
	})
	if err != nil {
		return err
	}
	d.engine = e
	return nil
}

// engineToken reads the token of the engine, or "" where none is named. The token is repeated by nothing.
func engineToken() (string, error) {
	path := os.Getenv(tokenVariable)
	if path == "" {
		return "", nil
	}
	info, err := os.Lstat(path)
	if err != nil {
		if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
			err = pathErr.Err
		}
		return "", usagef("the file that %s names cannot be read: %w\n  Give a file with the server's token alone in it.", tokenVariable, err)
	}
	if others, err := private.Others(path, info); err != nil || !info.Mode().IsRegular() || others != "" {
		return "", usagef("the file that %s names is not a regular file of its owner alone\n  Run: %s", tokenVariable, private.Remedy(path, info))
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return "", say.Errorf("read the engine's token: %w", err)
	}
	return strings.TrimSpace(string(b)), nil
}
