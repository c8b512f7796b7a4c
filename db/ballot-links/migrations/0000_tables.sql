CREATE TABLE `ballot_issue` (
	`command` text PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `ballot_link` (
	`ledger` text NOT NULL,
	`meeting` text NOT NULL,
	`person` text NOT NULL,
	`digest` text NOT NULL,
	PRIMARY KEY(`ledger`, `meeting`, `person`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `ballot_link_digest_unique` ON `ballot_link` (`digest`);--> statement-breakpoint
CREATE TABLE `ballot_pin` (
	`ledger` text NOT NULL,
	`meeting` text NOT NULL,
	`person` text NOT NULL,
	`salt` text NOT NULL,
	`hash` text NOT NULL,
	`tries` integer NOT NULL,
	`waits_until` integer NOT NULL,
	PRIMARY KEY(`ledger`, `meeting`, `person`)
) STRICT, WITHOUT ROWID;
