CREATE TABLE `attachment` (
	`ledger` text NOT NULL,
	`sha256` text NOT NULL,
	`size` integer NOT NULL,
	`media` text NOT NULL,
	`subject` text NOT NULL,
	`brought_by` text,
	`brought_at` integer NOT NULL,
	`touched_at` integer NOT NULL,
	`named` integer NOT NULL,
	`erased_at` integer,
	`erased_basis` text,
	`erased_by` text,
	PRIMARY KEY(`ledger`, `sha256`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `attachment_unnamed` ON `attachment` (`named`,`touched_at`);--> statement-breakpoint
CREATE INDEX `attachment_brought` ON `attachment` (`ledger`,`brought_by`,`named`);--> statement-breakpoint
CREATE TRIGGER `attachment_named_stays` BEFORE DELETE ON `attachment`
WHEN old.`named` = 1
BEGIN SELECT RAISE(ABORT, 'an entry names this file'); END;--> statement-breakpoint
CREATE TRIGGER `attachment_erased_stays` BEFORE UPDATE ON `attachment`
WHEN old.`erased_at` IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'this file is erased'); END;
