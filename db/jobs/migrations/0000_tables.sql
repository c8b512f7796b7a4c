CREATE TABLE `job_mark` (
	`job` text NOT NULL,
	`part` text NOT NULL,
	`occasion` text NOT NULL,
	`at` integer NOT NULL,
	`note` text NOT NULL,
	PRIMARY KEY(`job`, `part`)
) STRICT, WITHOUT ROWID;
