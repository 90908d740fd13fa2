-- Lists that grow (platforms, roles, kinds, states) are no CHECKs any more: whoever adds to one rebuilds no table.
-- Foreign keys are off while src/store/open.ts migrates: no child row goes with the table that is rebuilt.
CREATE TABLE `__new_region_day` (
	`region_id` text NOT NULL,
	`date` text NOT NULL,
	`pm25` integer,
	`pm10` integer,
	`o3` integer,
	`no2` integer,
	`so2` integer,
	`co` integer,
	`source` text NOT NULL,
	PRIMARY KEY(`region_id`, `date`),
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_region_day`("region_id", "date", "pm25", "pm10", "o3", "no2", "so2", "co", "source") SELECT "region_id", "date", "pm25", "pm10", "o3", "no2", "so2", "co", "source" FROM `region_day`;--> statement-breakpoint
DROP TABLE `region_day`;--> statement-breakpoint
ALTER TABLE `__new_region_day` RENAME TO `region_day`;--> statement-breakpoint
CREATE TABLE `__new_evidence` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`issue_id` integer,
	`kind` text NOT NULL,
	`person_id` integer,
	`at` integer NOT NULL,
	`sha256` text NOT NULL,
	`sent_sha256` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer,
	`height` integer,
	`taken_at` text,
	`latitude` real,
	`longitude` real,
	`caption` text,
	`album` text,
	`inbox_id` integer,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`inbox_id`) REFERENCES `inbox`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_evidence`("id", "issue_id", "kind", "person_id", "at", "sha256", "sent_sha256", "name", "type", "bytes", "width", "height", "taken_at", "latitude", "longitude", "caption", "album", "inbox_id") SELECT "id", "issue_id", "kind", "person_id", "at", "sha256", "sent_sha256", "name", "type", "bytes", "width", "height", "taken_at", "latitude", "longitude", "caption", "album", "inbox_id" FROM `evidence`;--> statement-breakpoint
DROP TABLE `evidence`;--> statement-breakpoint
ALTER TABLE `__new_evidence` RENAME TO `evidence`;--> statement-breakpoint
CREATE INDEX `evidence_by_issue` ON `evidence` (`issue_id`,`id`);--> statement-breakpoint
CREATE INDEX `evidence_by_person` ON `evidence` (`person_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `evidence_once` ON `evidence` (`inbox_id`,`sent_sha256`);--> statement-breakpoint
CREATE TABLE `__new_issue_clock` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`issue_id` integer NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`done_at` integer,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_issue_clock`("id", "issue_id", "kind", "at", "state", "done_at") SELECT "id", "issue_id", "kind", "at", "state", "done_at" FROM `issue_clock`;--> statement-breakpoint
DROP TABLE `issue_clock`;--> statement-breakpoint
ALTER TABLE `__new_issue_clock` RENAME TO `issue_clock`;--> statement-breakpoint
CREATE INDEX `issue_clock_due` ON `issue_clock` (`state`,`at`);--> statement-breakpoint
CREATE INDEX `issue_clock_by_issue` ON `issue_clock` (`issue_id`,`state`);--> statement-breakpoint
CREATE TABLE `__new_spot_check` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`issue_id` integer NOT NULL,
	`checker_id` integer NOT NULL,
	`at` integer NOT NULL,
	`due` text NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`checked_at` integer,
	`text` text,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`checker_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_spot_check`("id", "issue_id", "checker_id", "at", "due", "state", "checked_at", "text") SELECT "id", "issue_id", "checker_id", "at", "due", "state", "checked_at", "text" FROM `spot_check`;--> statement-breakpoint
DROP TABLE `spot_check`;--> statement-breakpoint
ALTER TABLE `__new_spot_check` RENAME TO `spot_check`;--> statement-breakpoint
CREATE INDEX `spot_check_by_checker` ON `spot_check` (`checker_id`,`state`);--> statement-breakpoint
CREATE INDEX `spot_check_by_issue` ON `spot_check` (`issue_id`);--> statement-breakpoint
CREATE TABLE `__new_transfer` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`no` text NOT NULL,
	`region_id` text NOT NULL,
	`reason` text NOT NULL,
	`state` text DEFAULT 'proposed' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`proposed_by` integer NOT NULL,
	`proposed_at` integer NOT NULL,
	`decided_by` integer,
	`decided_at` integer,
	`decision` text,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_transfer`("id", "no", "region_id", "reason", "state", "version", "proposed_by", "proposed_at", "decided_by", "decided_at", "decision") SELECT "id", "no", "region_id", "reason", "state", "version", "proposed_by", "proposed_at", "decided_by", "decided_at", "decision" FROM `transfer`;--> statement-breakpoint
DROP TABLE `transfer`;--> statement-breakpoint
ALTER TABLE `__new_transfer` RENAME TO `transfer`;--> statement-breakpoint
CREATE UNIQUE INDEX `transfer_no_unique` ON `transfer` (`no`);--> statement-breakpoint
CREATE TABLE `__new_inbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`platform` text NOT NULL,
	`external_id` text NOT NULL,
	`payload` text NOT NULL,
	`received_at` integer NOT NULL,
	`state` text DEFAULT 'received' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`reply_id` integer
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_inbox`("id", "platform", "external_id", "payload", "received_at", "state", "attempts", "reply_id") SELECT "id", "platform", "external_id", "payload", "received_at", "state", "attempts", "reply_id" FROM `inbox`;--> statement-breakpoint
DROP TABLE `inbox`;--> statement-breakpoint
ALTER TABLE `__new_inbox` RENAME TO `inbox`;--> statement-breakpoint
CREATE INDEX `inbox_waiting` ON `inbox` (`state`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_once` ON `inbox` (`platform`,`external_id`);--> statement-breakpoint
CREATE TABLE `__new_job_run` (
	`job` text NOT NULL,
	`slot` integer NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	`deliveries` integer NOT NULL,
	PRIMARY KEY(`job`, `slot`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_job_run`("job", "slot", "state", "at", "deliveries") SELECT "job", "slot", "state", "at", "deliveries" FROM `job_run`;--> statement-breakpoint
DROP TABLE `job_run`;--> statement-breakpoint
ALTER TABLE `__new_job_run` RENAME TO `job_run`;--> statement-breakpoint
CREATE TABLE `__new_message` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`platform` text NOT NULL,
	`person_id` integer,
	`chat` text,
	`external_id` text,
	`direction` text NOT NULL,
	`text` text,
	`card` text,
	`subject` text,
	`outbox_id` integer,
	`at` integer NOT NULL,
	`revision` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`outbox_id`) REFERENCES `outbox`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "message_direction" CHECK("direction" in ('in', 'out'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_message`("id", "platform", "person_id", "chat", "external_id", "direction", "text", "card", "subject", "outbox_id", "at", "revision") SELECT "id", "platform", "person_id", "chat", "external_id", "direction", "text", "card", "subject", "outbox_id", "at", "revision" FROM `message`;--> statement-breakpoint
DROP TABLE `message`;--> statement-breakpoint
ALTER TABLE `__new_message` RENAME TO `message`;--> statement-breakpoint
CREATE UNIQUE INDEX `message_outbox_id_unique` ON `message` (`outbox_id`);--> statement-breakpoint
CREATE INDEX `message_by_person` ON `message` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `message_by_chat` ON `message` (`chat`,`id`);--> statement-breakpoint
CREATE INDEX `message_by_subject` ON `message` (`subject`);--> statement-breakpoint
CREATE UNIQUE INDEX `message_by_revision` ON `message` (`revision`);--> statement-breakpoint
CREATE TABLE `__new_outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`kind` text DEFAULT 'post' NOT NULL,
	`person_id` integer,
	`account_id` integer,
	`chat_id` integer,
	`via` text,
	`class` text NOT NULL,
	`title` text NOT NULL,
	`card` text NOT NULL,
	`message_id` integer,
	`job` text,
	`slot` integer,
	`created_at` integer NOT NULL,
	`state` text DEFAULT 'pending' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`claim` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer DEFAULT 0 NOT NULL,
	`sent_at` integer,
	`last_error` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`chat_id`) REFERENCES `chat`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "outbox_recipient" CHECK(("person_id" is null) <> ("chat_id" is null))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_outbox`("id", "key", "kind", "person_id", "account_id", "chat_id", "via", "class", "title", "card", "message_id", "job", "slot", "created_at", "state", "attempts", "claim", "next_attempt_at", "sent_at", "last_error") SELECT "id", "key", "kind", "person_id", "account_id", "chat_id", "via", "class", "title", "card", "message_id", "job", "slot", "created_at", "state", "attempts", "claim", "next_attempt_at", "sent_at", "last_error" FROM `outbox`;--> statement-breakpoint
DROP TABLE `outbox`;--> statement-breakpoint
ALTER TABLE `__new_outbox` RENAME TO `outbox`;--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key_unique` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`state`,`next_attempt_at`,`id`);--> statement-breakpoint
CREATE INDEX `outbox_by_slot` ON `outbox` (`job`,`slot`);--> statement-breakpoint
CREATE TABLE `__new_account` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`platform` text NOT NULL,
	`workspace` text DEFAULT '' NOT NULL,
	`user_key` text NOT NULL,
	`person_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_account`("id", "platform", "workspace", "user_key", "person_id", "created_at") SELECT "id", "platform", "workspace", "user_key", "person_id", "created_at" FROM `account`;--> statement-breakpoint
DROP TABLE `account`;--> statement-breakpoint
ALTER TABLE `__new_account` RENAME TO `account`;--> statement-breakpoint
CREATE INDEX `account_by_person` ON `account` (`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `account_identity` ON `account` (`platform`,`workspace`,`user_key`);--> statement-breakpoint
CREATE TABLE `__new_chat` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`platform` text NOT NULL,
	`workspace` text DEFAULT '' NOT NULL,
	`chat_key` text NOT NULL,
	`region_id` text,
	`department_id` text,
	`active` integer DEFAULT true NOT NULL,
	`bound_by` integer,
	`bound_at` integer NOT NULL,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`bound_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_chat`("id", "platform", "workspace", "chat_key", "region_id", "department_id", "active", "bound_by", "bound_at") SELECT "id", "platform", "workspace", "chat_key", "region_id", "department_id", "active", "bound_by", "bound_at" FROM `chat`;--> statement-breakpoint
DROP TABLE `chat`;--> statement-breakpoint
ALTER TABLE `__new_chat` RENAME TO `chat`;--> statement-breakpoint
CREATE UNIQUE INDEX `chat_identity` ON `chat` (`platform`,`workspace`,`chat_key`);--> statement-breakpoint
CREATE TABLE `__new_dialog` (
	`person_id` integer PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`token` text NOT NULL,
	`fields` text NOT NULL,
	`answers` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_dialog`("person_id", "platform", "token", "fields", "answers", "at") SELECT "person_id", "platform", "token", "fields", "answers", "at" FROM `dialog`;--> statement-breakpoint
DROP TABLE `dialog`;--> statement-breakpoint
ALTER TABLE `__new_dialog` RENAME TO `dialog`;--> statement-breakpoint
CREATE TABLE `__new_invitation` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`code_hash` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`region_id` text,
	`department_id` text,
	`person_id` integer,
	`created_by` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`used_by` integer,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`used_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_invitation`("id", "code_hash", "name", "role", "region_id", "department_id", "person_id", "created_by", "created_at", "expires_at", "used_at", "used_by") SELECT "id", "code_hash", "name", "role", "region_id", "department_id", "person_id", "created_by", "created_at", "expires_at", "used_at", "used_by" FROM `invitation`;--> statement-breakpoint
DROP TABLE `invitation`;--> statement-breakpoint
ALTER TABLE `__new_invitation` RENAME TO `invitation`;--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_code_hash_unique` ON `invitation` (`code_hash`);--> statement-breakpoint
CREATE TABLE `__new_person` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`region_id` text,
	`department_id` text,
	`active` integer DEFAULT true NOT NULL,
	`push_platform` text DEFAULT 'web' NOT NULL,
	`quiet_from` integer,
	`quiet_to` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "person_scope" CHECK("region_id" is null or "department_id" is null)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_person`("id", "name", "role", "region_id", "department_id", "active", "push_platform", "quiet_from", "quiet_to", "created_at") SELECT "id", "name", "role", "region_id", "department_id", "active", "push_platform", "quiet_from", "quiet_to", "created_at" FROM `person`;--> statement-breakpoint
DROP TABLE `person`;--> statement-breakpoint
ALTER TABLE `__new_person` RENAME TO `person`;--> statement-breakpoint
CREATE UNIQUE INDEX `person_name_unique` ON `person` (`name`);--> statement-breakpoint
CREATE TABLE `__new_measure_department` (
	`measure_no` text NOT NULL,
	`department_id` text NOT NULL,
	`part` text NOT NULL,
	PRIMARY KEY(`measure_no`, `department_id`),
	FOREIGN KEY (`measure_no`) REFERENCES `measure`(`no`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_measure_department`("measure_no", "department_id", "part") SELECT "measure_no", "department_id", "part" FROM `measure_department`;--> statement-breakpoint
DROP TABLE `measure_department`;--> statement-breakpoint
ALTER TABLE `__new_measure_department` RENAME TO `measure_department`;--> statement-breakpoint
CREATE INDEX `measure_department_by_department` ON `measure_department` (`department_id`,`part`);--> statement-breakpoint
CREATE TABLE `__new_region` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text,
	`name` text NOT NULL,
	`short` text NOT NULL,
	`kind` text NOT NULL,
	`valid_from` text,
	`valid_to` text,
	`successor` text,
	`sort` integer NOT NULL
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_region`("id", "code", "name", "short", "kind", "valid_from", "valid_to", "successor", "sort") SELECT "id", "code", "name", "short", "kind", "valid_from", "valid_to", "successor", "sort" FROM `region`;--> statement-breakpoint
DROP TABLE `region`;--> statement-breakpoint
ALTER TABLE `__new_region` RENAME TO `region`;