-- Guards (ledger-format §15). They catch our own mistakes; an operator who drops them is caught by the tree.
CREATE TRIGGER entry_in_order BEFORE INSERT ON entry
WHEN new.seq IS NOT (SELECT size FROM ledger WHERE origin = new.ledger)
BEGIN SELECT raise(ABORT, 'entry: seq is not the size of its ledger'); END;
--> statement-breakpoint
CREATE TRIGGER entry_next_revision BEFORE INSERT ON entry
WHEN new.revision IS NOT (
  SELECT coalesce(max(revision), -1) + 1 FROM entry WHERE ledger = new.ledger AND stream = new.stream
)
BEGIN SELECT raise(ABORT, 'entry: revision is not the next of its stream'); END;
--> statement-breakpoint
CREATE TRIGGER entry_unsealed BEFORE INSERT ON entry
WHEN (SELECT sealed FROM ledger WHERE origin = new.ledger)
BEGIN SELECT raise(ABORT, 'entry: the ledger is sealed'); END;
--> statement-breakpoint
CREATE TRIGGER entry_grows AFTER INSERT ON entry
BEGIN
  UPDATE ledger SET size = size + 1, sealed = new.type = 'ledger.sealed' WHERE origin = new.ledger;
END;
--> statement-breakpoint
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
BEGIN SELECT raise(ABORT, 'entry: append only'); END;
--> statement-breakpoint
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
BEGIN SELECT raise(ABORT, 'entry: append only'); END;
--> statement-breakpoint
CREATE TRIGGER node_no_update BEFORE UPDATE ON node
BEGIN SELECT raise(ABORT, 'node: append only'); END;
--> statement-breakpoint
CREATE TRIGGER node_no_delete BEFORE DELETE ON node
BEGIN SELECT raise(ABORT, 'node: append only'); END;
--> statement-breakpoint
CREATE TRIGGER checkpoint_of_all BEFORE INSERT ON checkpoint
WHEN new.size IS NOT (SELECT size FROM ledger WHERE origin = new.ledger)
BEGIN SELECT raise(ABORT, 'checkpoint: size is not that of its ledger'); END;
--> statement-breakpoint
CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint
BEGIN SELECT raise(ABORT, 'checkpoint: append only'); END;
--> statement-breakpoint
CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint
BEGIN SELECT raise(ABORT, 'checkpoint: append only'); END;
--> statement-breakpoint
CREATE TRIGGER command_no_update BEFORE UPDATE ON command
BEGIN SELECT raise(ABORT, 'command: append only'); END;
--> statement-breakpoint
CREATE TRIGGER command_no_delete BEFORE DELETE ON command
BEGIN SELECT raise(ABORT, 'command: append only'); END;
--> statement-breakpoint
CREATE TRIGGER ledger_only_grows BEFORE UPDATE ON ledger
WHEN new.size < old.size OR new.sealed < old.sealed OR new.origin IS NOT old.origin OR new.at < old.at
BEGIN SELECT raise(ABORT, 'ledger: only grows'); END;
--> statement-breakpoint
CREATE TRIGGER ledger_starts_empty BEFORE INSERT ON ledger
WHEN new.size <> 0 OR new.sealed
BEGIN SELECT raise(ABORT, 'ledger: starts empty'); END;
--> statement-breakpoint
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN SELECT raise(ABORT, 'ledger: never deleted'); END;
