//go:build unix

package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/grpc"

	"lvv/internal/sparkconnect/wire"
)

// slowServer answers as an engine does, but for a SELECT: on that it works until its session is interrupted.
type slowServer struct {
	mu                    sync.Mutex
	running               string // the session whose SELECT runs
	interrupted, released string // by session
	busy, done            chan struct{}
}

// handle answers one call of any method.
func (s *slowServer) handle(_ any, stream grpc.ServerStream) error {
	method, _ := grpc.MethodFromServerStream(stream)
	switch method[strings.LastIndex(method, "/")+1:] {
	case "Config":
		return stream.SendMsg(&wire.Empty{})
	case "Interrupt":
		request := &wire.InterruptRequest{}
		if err := stream.RecvMsg(request); err != nil {
			return err
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.interrupted == "" {
			s.interrupted = request.SessionID
			close(s.done)
		}
		return stream.SendMsg(&wire.Empty{})
	case "ReleaseSession":
		request := &wire.ReleaseSessionRequest{}
		if err := stream.RecvMsg(request); err != nil {
			return err
		}
		s.mu.Lock()
		s.released = request.SessionID
		s.mu.Unlock()
		return stream.SendMsg(&wire.Empty{})
	}
	request := &wire.ExecutePlanRequest{}
	if err := stream.RecvMsg(request); err != nil {
		return err
	}
	if request.Plan == nil || request.Plan.Root == nil {
		return nil
	}
	s.mu.Lock()
	if s.running == "" {
		s.running = request.SessionID
		close(s.busy)
	}
	s.mu.Unlock()
	<-s.done // an engine goes on when its client has gone
	return nil
}

// TestInterruptReachesTheEngine: Ctrl-C stops what the engine does for the run, releases its session, and leaves nothing.
func TestInterruptReachesTheEngine(t *testing.T) {
	s := &slowServer{busy: make(chan struct{}), done: make(chan struct{})}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer(grpc.UnknownServiceHandler(s.handle), grpc.ForceServerCodec(wire.Codec{}))
	go func() { _ = server.Serve(listener) }()
	defer server.Stop()
	dir := t.TempDir()
	cmd := exec.Command("lvv", "run", "--quiet", "--period", "2020-Q3", "--out", filepath.Join(dir, "out"), "--engine", "sc://"+listener.Addr().String())
	cmd.Env = append(os.Environ(), "TMPDIR="+dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	wait := func(what string, c <-chan struct{}) {
		select {
		case <-c:
		case <-time.After(time.Minute):
			_ = cmd.Process.Kill()
			t.Fatal(what)
		}
	}
	wait("the engine was asked nothing", s.busy)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	wait("the engine was not interrupted", s.done)
	if err := cmd.Wait(); err == nil {
		t.Error("an interrupted run did not fail")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == "" || s.interrupted != s.running || s.released != s.running {
		t.Errorf("session %q ran, %q was interrupted and %q released", s.running, s.interrupted, s.released)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("it left %v, %v", entries, err)
	}
}
