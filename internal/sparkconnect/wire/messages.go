// Package wire holds the messages of the Spark Connect protocol that package sparkconnect uses, and puts them into
// the encoding of protocol buffers. Names and numbers are those of Apache Spark (spark/connect/*.proto,
// Apache-2.0). Where the original has a oneof or an optional field, a plain field stands here: it is the same on
// the wire.
package wire

// UserContext is who asks.
type UserContext struct {
	UserID   string `wire:"1"`
	UserName string `wire:"2"`
}

// Plan is either a relation or a command.
type Plan struct {
	Root    *Relation `wire:"1"`
	Command *Command  `wire:"2"`
}

// Relation is one of the kinds that follow its number within the session.
type Relation struct {
	Common               *RelationCommon       `wire:"1"`
	Read                 *Read                 `wire:"2"`
	SQL                  *SQL                  `wire:"10"`
	LocalRelation        *LocalRelation        `wire:"11"`
	CachedRemoteRelation *CachedRemoteRelation `wire:"37"`
}

// RelationCommon numbers a relation.
type RelationCommon struct {
	PlanID int64 `wire:"2"`
}

// Read is a relation of files.
type Read struct {
	DataSource *DataSource `wire:"2"`
}

// DataSource is files of a format, read with a schema in Spark's DDL.
type DataSource struct {
	Format string   `wire:"1"`
	Schema string   `wire:"2"`
	Paths  []string `wire:"4"`
}

// SQL is the relation of a SELECT.
type SQL struct {
	Query string `wire:"1"`
}

// LocalRelation is rows that are sent along: an Arrow stream, and a schema in Spark's DDL.
type LocalRelation struct {
	Data   []byte `wire:"1"`
	Schema string `wire:"2"`
}

// CachedRemoteRelation is rows that the server keeps.
type CachedRemoteRelation struct {
	RelationID string `wire:"1"`
}

// Command is one of these.
type Command struct {
	CreateDataframeView               *CreateDataFrameViewCommand        `wire:"3"`
	CheckpointCommand                 *CheckpointCommand                 `wire:"14"`
	RemoveCachedRemoteRelationCommand *RemoveCachedRemoteRelationCommand `wire:"15"`
}

// CreateDataFrameViewCommand names a relation.
type CreateDataFrameViewCommand struct {
	Input   *Relation `wire:"1"`
	Name    string    `wire:"2"`
	Replace bool      `wire:"4"`
}

// CheckpointCommand has the server keep the rows of a relation.
type CheckpointCommand struct {
	Relation *Relation `wire:"1"`
	Local    bool      `wire:"2"`
	Eager    bool      `wire:"3"`
}

// RemoveCachedRemoteRelationCommand has the server forget them.
type RemoveCachedRemoteRelationCommand struct {
	Relation *CachedRemoteRelation `wire:"1"`
}

// ExecutePlanRequest runs a plan.
type ExecutePlanRequest struct {
	SessionID   string       `wire:"1"`
	UserContext *UserContext `wire:"2"`
	Plan        *Plan        `wire:"3"`
	ClientType  string       `wire:"4"`
	OperationID string       `wire:"6"`
}

// ExecutePlanResponse carries at most one of these; other answers, such as that all is done, are empty here.
type ExecutePlanResponse struct {
	ArrowBatch              *ArrowBatch              `wire:"2"`
	CheckpointCommandResult *CheckpointCommandResult `wire:"19"`
}

// ArrowBatch is rows as an Arrow stream.
type ArrowBatch struct {
	Data []byte `wire:"2"`
}

// CheckpointCommandResult names the rows that were kept.
type CheckpointCommandResult struct {
	Relation *CachedRemoteRelation `wire:"1"`
}

// ConfigRequest makes settings of a session.
type ConfigRequest struct {
	SessionID   string       `wire:"1"`
	UserContext *UserContext `wire:"2"`
	Operation   *Operation   `wire:"3"`
	ClientType  string       `wire:"4"`
}

// Operation is what a [ConfigRequest] does.
type Operation struct {
	Set *Set `wire:"1"`
}

// Set is settings with their values.
type Set struct {
	Pairs []*KeyValue `wire:"1"`
}

// KeyValue is a setting.
type KeyValue struct {
	Key   string `wire:"1"`
	Value string `wire:"2"`
}

// InterruptAll is the kind of interruption that stops all that a session does.
const InterruptAll int64 = 1

// InterruptRequest stops what a session does.
type InterruptRequest struct {
	SessionID     string       `wire:"1"`
	UserContext   *UserContext `wire:"2"`
	InterruptType int64        `wire:"4"`
}

// ReleaseSessionRequest ends a session.
type ReleaseSessionRequest struct {
	SessionID   string       `wire:"1"`
	UserContext *UserContext `wire:"2"`
}

// Empty is an answer of which nothing is read.
type Empty struct{}
