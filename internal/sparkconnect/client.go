// Package sparkconnect speaks the part of the Spark Connect protocol that running SELECTs takes: plans that
// are SQL, small tables sent along, results as Arrow batches, checkpoints, interruption and release. Apache
// Spark 4 and Sail answer it. The protocol is described in Apache Spark's own repository (sql/connect).
package sparkconnect

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/google/uuid"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"

	"lvv/internal/say"
	"lvv/internal/sparkconnect/wire"
)

// Client is one session on a server. It serves one caller at a time.
type Client struct {
	conn    *grpc.ClientConn
	session string
	user    *wire.UserContext
	token   string
	plans   int64
}

// ErrTokenInClear refuses to send a token where it can be read on the way.
var ErrTokenInClear = say.Errorf("a token is sent over TLS only, except to this machine itself; add /;use_ssl=true to the address, or reach the server through a tunnel on localhost")

// maxMessage is the largest answer that is taken, in bytes. Servers send Arrow batches of a few megabytes.
const maxMessage = 256 << 20

// clientType is what the server's log names as its client, and the user.
const clientType = "lvv"

// service is the path of the protocol's calls. Answers of which nothing is read are taken as an empty message.
const service = "/spark.connect.SparkConnectService/"

// Dial begins a session on the server at an address, see [ParseAddress], with a bearer token, "" for none. It
// does not wait for the server: the first call does.
func Dial(address, token string) (*Client, error) {
	target, secure, err := ParseAddress(address)
	if err != nil {
		return nil, err
	}
	if token != "" && !secure && !loopback(target) {
		return nil, ErrTokenInClear
	}
	transport := insecure.NewCredentials()
	if secure {
		transport = credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12})
	}
	conn, err := grpc.NewClient("passthrough:///"+target, grpc.WithTransportCredentials(transport),
		grpc.WithDefaultCallOptions(grpc.ForceCodec(wire.Codec{}), grpc.MaxCallRecvMsgSize(maxMessage), grpc.MaxCallSendMsgSize(maxMessage)),
		grpc.WithNoProxy(), grpc.WithDisableServiceConfig())
	if err != nil {
		return nil, say.Errorf("dial %s: %w", target, err)
	}
	return &Client{conn: conn, session: uuid.NewString(), user: &wire.UserContext{UserID: clientType, UserName: clientType}, token: token}, nil
}

// ParseAddress takes sc://host:port, or sc://host:port/;use_ssl=true, apart. A token or any parameter but use_ssl in it is an error, because an address is shown and logged.
func ParseAddress(address string) (target string, secure bool, err error) {
	bad := func(what error) (string, bool, error) {
		return "", false, say.Errorf("the address of an engine %w; expected sc://host:port, or sc://host:port/;use_ssl=true", what)
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "sc" {
		return bad(say.Errorf("does not begin with sc://"))
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return bad(say.Errorf("holds a user name or a query"))
	}
	for part := range strings.SplitSeq(strings.TrimPrefix(u.Path, "/"), ";") {
		switch part {
		case "", "use_ssl=false":
		case "use_ssl=true":
			secure = true
		default:
			name, _, _ := strings.Cut(part, "=")
			return bad(say.Errorf("holds the parameter %q, which does not belong in it", name))
		}
	}
	if u.Hostname() == "" {
		return bad(say.Errorf("names no host"))
	}
	port := u.Port()
	if port == "" {
		port = "15002"
	}
	return net.JoinHostPort(u.Hostname(), port), secure, nil
}

// loopback reports whether a target is this machine itself.
func loopback(target string) bool {
	host, _, err := net.SplitHostPort(target)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// Query runs one SELECT and passes its rows on as record batches, in their order. A batch is released after the call.
func (c *Client) Query(ctx context.Context, query string, each func(arrow.RecordBatch) error) error {
	return c.execute(ctx, &wire.Plan{Root: c.sql(query)}, func(r *wire.ExecutePlanResponse) error {
		if r.ArrowBatch == nil {
			return nil
		}
		return readBatches(r.ArrowBatch.Data, each)
	})
}

// readBatches reads one Arrow stream.
func readBatches(data []byte, each func(arrow.RecordBatch) error) error {
	rows, err := ipc.NewReader(bytes.NewReader(data))
	if err != nil {
		return say.Errorf("read the engine's answer: %w", err)
	}
	defer rows.Release()
	for rows.Next() {
		if err := each(rows.RecordBatch()); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil && !errors.Is(err, io.EOF) {
		return say.Errorf("read the engine's answer: %w", err)
	}
	return nil
}

// Set makes settings of the session, as key and value by turns.
func (c *Client) Set(ctx context.Context, pairs ...string) error {
	set := &wire.Set{}
	for i := 0; i+1 < len(pairs); i += 2 {
		set.Pairs = append(set.Pairs, &wire.KeyValue{Key: pairs[i], Value: pairs[i+1]})
	}
	request := &wire.ConfigRequest{SessionID: c.session, UserContext: c.user, ClientType: clientType, Operation: &wire.Operation{Set: set}}
	if err := c.conn.Invoke(c.authorised(ctx), service+"Config", request, &wire.Empty{}); err != nil {
		return explain(err)
	}
	return nil
}

// ViewOfQuery names a SELECT, in place of an earlier view of the name.
func (c *Client) ViewOfQuery(ctx context.Context, name, query string) error {
	return c.view(ctx, name, c.sql(query))
}

// ViewOfParquet names the rows of Parquet files, read with the given schema in Spark's DDL.
func (c *Client) ViewOfParquet(ctx context.Context, name, schema string, paths []string) error {
	read := &wire.Read{DataSource: &wire.DataSource{Format: "parquet", Schema: schema, Paths: paths}}
	return c.view(ctx, name, &wire.Relation{Common: c.common(), Read: read})
}

// ViewOfRows names a small table that is sent along: an Arrow stream, or none for no rows of the schema in Spark's DDL.
func (c *Client) ViewOfRows(ctx context.Context, name, schema string, stream []byte) error {
	local := &wire.LocalRelation{Data: stream, Schema: schema}
	return c.view(ctx, name, &wire.Relation{Common: c.common(), LocalRelation: local})
}

// Checkpoint runs a SELECT now, keeps its rows on the server and names them. It returns the kept relation for [Client.Drop].
func (c *Client) Checkpoint(ctx context.Context, name, query string) (string, error) {
	kept := ""
	checkpoint := &wire.CheckpointCommand{Relation: c.sql(query), Local: true, Eager: true}
	err := c.command(ctx, &wire.Command{CheckpointCommand: checkpoint}, func(r *wire.ExecutePlanResponse) error {
		if result := r.CheckpointCommandResult; result != nil && result.Relation != nil {
			kept = result.Relation.RelationID
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	if kept == "" {
		return "", say.Errorf("the engine kept no rows")
	}
	return kept, c.view(ctx, name, &wire.Relation{Common: c.common(), CachedRemoteRelation: &wire.CachedRemoteRelation{RelationID: kept}})
}

// Drop forgets the rows of a checkpoint.
func (c *Client) Drop(ctx context.Context, kept string) error {
	remove := &wire.RemoveCachedRemoteRelationCommand{Relation: &wire.CachedRemoteRelation{RelationID: kept}}
	return c.command(ctx, &wire.Command{RemoveCachedRemoteRelationCommand: remove}, nil)
}

// releaseWait bounds what ending a session may take, so that Ctrl-C stays prompt.
const releaseWait = 800 * time.Millisecond

// Close stops what the session still does on the server, releases it and closes the connection. A server that is gone is no error.
func (c *Client) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), releaseWait)
	defer cancel()
	_ = c.conn.Invoke(c.authorised(ctx), service+"Interrupt", &wire.InterruptRequest{
		SessionID: c.session, UserContext: c.user, InterruptType: wire.InterruptAll,
	}, &wire.Empty{})
	_ = c.conn.Invoke(c.authorised(ctx), service+"ReleaseSession", &wire.ReleaseSessionRequest{
		SessionID: c.session, UserContext: c.user,
	}, &wire.Empty{})
	if err := c.conn.Close(); err != nil {
		return say.Errorf("close the connection to the engine: %w", err)
	}
	return nil
}

func (c *Client) view(ctx context.Context, name string, rows *wire.Relation) error {
	return c.command(ctx, &wire.Command{CreateDataframeView: &wire.CreateDataFrameViewCommand{Input: rows, Name: name, Replace: true}}, nil)
}

func (c *Client) command(ctx context.Context, command *wire.Command, each func(*wire.ExecutePlanResponse) error) error {
	return c.execute(ctx, &wire.Plan{Command: command}, each)
}

func (c *Client) sql(query string) *wire.Relation {
	return &wire.Relation{Common: c.common(), SQL: &wire.SQL{Query: query}}
}

// common numbers a relation within the session, as servers ask for.
func (c *Client) common() *wire.RelationCommon {
	c.plans++
	return &wire.RelationCommon{PlanID: c.plans}
}

// execute runs a plan to its end and passes every answer on.
func (c *Client) execute(ctx context.Context, plan *wire.Plan, each func(*wire.ExecutePlanResponse) error) error {
	ctx, cancel := context.WithCancel(c.authorised(ctx))
	defer cancel()
	stream, err := c.conn.NewStream(ctx, &grpc.StreamDesc{ServerStreams: true}, service+"ExecutePlan")
	if err != nil {
		return explain(err)
	}
	request := &wire.ExecutePlanRequest{
		SessionID: c.session, UserContext: c.user, Plan: plan,
		ClientType: clientType, OperationID: uuid.NewString(),
	}
	if err := stream.SendMsg(request); err != nil && !errors.Is(err, io.EOF) {
		return explain(err)
	}
	if err := stream.CloseSend(); err != nil {
		return explain(err)
	}
	for {
		response := &wire.ExecutePlanResponse{}
		if err := stream.RecvMsg(response); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return explain(err)
		}
		if each == nil {
			continue
		}
		if err := each(response); err != nil {
			return err
		}
	}
}

func (c *Client) authorised(ctx context.Context) context.Context {
	if c.token == "" {
		return ctx
	}
	return metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+c.token)
}
