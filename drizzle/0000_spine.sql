CREATE TABLE `account` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`platform` text NOT NULL,
	`workspace` text DEFAULT '' NOT NULL,
	`user_key` text NOT NULL,
	`person_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "account_platform" CHECK("platform" in ('web', 'terminal', 'slack', 'telegram'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `account_by_person` ON `account` (`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `account_identity` ON `account` (`platform`,`workspace`,`user_key`);--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`person_id` integer,
	`actor` text NOT NULL,
	`act` text NOT NULL,
	`subject` text,
	`outcome` text NOT NULL,
	`detail` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "audit_outcome" CHECK("outcome" in ('done', 'denied'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_hash_unique` ON `audit` (`hash`);--> statement-breakpoint
CREATE TABLE `button_token` (
	`token` text PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`action` text NOT NULL,
	`params` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `button_token_once` ON `button_token` (`person_id`,`action`,`params`);--> statement-breakpoint
CREATE TABLE `chat` (
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
	FOREIGN KEY (`bound_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "chat_platform" CHECK("platform" in ('web', 'terminal', 'slack', 'telegram'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `chat_identity` ON `chat` (`platform`,`workspace`,`chat_key`);--> statement-breakpoint
CREATE TABLE `county_target` (
	`region_id` text NOT NULL,
	`indicator` text NOT NULL,
	`constraint_value` text,
	`stretch_value` text,
	PRIMARY KEY(`region_id`, `indicator`),
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `department` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`short` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `dialog` (
	`person_id` integer PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`token` text NOT NULL,
	`fields` text NOT NULL,
	`answers` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "dialog_platform" CHECK("platform" in ('web', 'terminal', 'slack', 'telegram'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`platform` text NOT NULL,
	`external_id` text NOT NULL,
	`payload` text NOT NULL,
	`received_at` integer NOT NULL,
	`state` text DEFAULT 'received' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`reply_id` integer,
	CONSTRAINT "inbox_state" CHECK("state" in ('received', 'done', 'failed')),
	CONSTRAINT "inbox_platform" CHECK("platform" in ('web', 'terminal', 'slack', 'telegram'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `inbox_waiting` ON `inbox` (`state`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_once` ON `inbox` (`platform`,`external_id`);--> statement-breakpoint
CREATE TABLE `indicator` (
	`id` text PRIMARY KEY NOT NULL,
	`measure_no` text NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	`unit` text NOT NULL,
	`deadline` text NOT NULL,
	FOREIGN KEY (`measure_no`) REFERENCES `measure`(`no`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `indicator_by_measure` ON `indicator` (`measure_no`);--> statement-breakpoint
CREATE TABLE `invitation` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`code_hash` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`region_id` text,
	`department_id` text,
	`created_by` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`used_by` integer,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`used_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "invitation_role" CHECK("role" in ('office', 'city-lead', 'supervision', 'county-lead', 'county-liaison', 'department-liaison', 'station-chief'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_code_hash_unique` ON `invitation` (`code_hash`);--> statement-breakpoint
CREATE TABLE `issue` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`no` text NOT NULL,
	`title` text NOT NULL,
	`source` text NOT NULL,
	`level` text NOT NULL,
	`place` text,
	`requirement` text,
	`region_id` text NOT NULL,
	`department_id` text,
	`state` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`assigned_by` integer,
	`assigned_at` integer NOT NULL,
	`acknowledged_at` integer,
	`submitted_at` integer,
	`due` text NOT NULL,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assigned_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "issue_state" CHECK("state" in ('assigned', 'rectifying', 'submitted'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `issue_no_unique` ON `issue` (`no`);--> statement-breakpoint
CREATE INDEX `issue_by_region` ON `issue` (`region_id`,`state`,`due`);--> statement-breakpoint
CREATE INDEX `issue_by_department` ON `issue` (`department_id`,`state`,`due`);--> statement-breakpoint
CREATE TABLE `issue_event` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`issue_id` integer NOT NULL,
	`at` integer NOT NULL,
	`person_id` integer,
	`step` text NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`text` text,
	FOREIGN KEY (`issue_id`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `issue_event_by_issue` ON `issue_event` (`issue_id`,`id`);--> statement-breakpoint
CREATE TABLE `job_ledger` (
	`job` text PRIMARY KEY NOT NULL,
	`last_slot` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `job_run` (
	`job` text NOT NULL,
	`slot` integer NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	`deliveries` integer NOT NULL,
	PRIMARY KEY(`job`, `slot`),
	CONSTRAINT "job_run_state" CHECK("state" in ('ran', 'caught-up', 'skipped'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `measure` (
	`no` text PRIMARY KEY NOT NULL,
	`group_no` integer NOT NULL,
	`title` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `measure_department` (
	`measure_no` text NOT NULL,
	`department_id` text NOT NULL,
	`part` text NOT NULL,
	PRIMARY KEY(`measure_no`, `department_id`),
	FOREIGN KEY (`measure_no`) REFERENCES `measure`(`no`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "measure_department_part" CHECK("part" in ('lead', 'support'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `measure_department_by_department` ON `measure_department` (`department_id`,`part`);--> statement-breakpoint
CREATE TABLE `message` (
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
	CONSTRAINT "message_platform" CHECK("platform" in ('web', 'terminal', 'slack', 'telegram')),
	CONSTRAINT "message_direction" CHECK("direction" in ('in', 'out'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `message_outbox_id_unique` ON `message` (`outbox_id`);--> statement-breakpoint
CREATE INDEX `message_by_person` ON `message` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `message_by_chat` ON `message` (`chat`,`id`);--> statement-breakpoint
CREATE INDEX `message_by_subject` ON `message` (`subject`);--> statement-breakpoint
CREATE UNIQUE INDEX `message_by_revision` ON `message` (`revision`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`kind` text DEFAULT 'post' NOT NULL,
	`person_id` integer,
	`chat_id` integer,
	`class` text NOT NULL,
	`title` text NOT NULL,
	`card` text NOT NULL,
	`message_id` integer,
	`job` text,
	`slot` integer,
	`created_at` integer NOT NULL,
	`state` text DEFAULT 'pending' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer DEFAULT 0 NOT NULL,
	`sent_at` integer,
	`last_error` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`chat_id`) REFERENCES `chat`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "outbox_recipient" CHECK(("person_id" is null) <> ("chat_id" is null)),
	CONSTRAINT "outbox_state" CHECK("state" in ('pending', 'sending', 'sent', 'failed', 'ambiguous')),
	CONSTRAINT "outbox_class" CHECK("class" in ('card', 'must-arrive', 'must-not-repeat')),
	CONSTRAINT "outbox_kind" CHECK("kind" in ('post', 'edit'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key_unique` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`state`,`next_attempt_at`,`id`);--> statement-breakpoint
CREATE INDEX `outbox_by_slot` ON `outbox` (`job`,`slot`);--> statement-breakpoint
CREATE TABLE `person` (
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
	CONSTRAINT "person_role" CHECK("role" in ('office', 'city-lead', 'supervision', 'county-lead', 'county-liaison', 'department-liaison', 'station-chief')),
	CONSTRAINT "person_scope" CHECK(("role" in ('county-lead','county-liaison','station-chief')) = ("region_id" is not null) and ("role" = 'department-liaison') = ("department_id" is not null)),
	CONSTRAINT "person_push_platform" CHECK("push_platform" in ('web', 'terminal', 'slack', 'telegram'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `person_name_unique` ON `person` (`name`);--> statement-breakpoint
CREATE TABLE `plan` (
	`id` text PRIMARY KEY NOT NULL,
	`json` text NOT NULL,
	`sha256` text NOT NULL,
	`loaded_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `progress` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`indicator_id` text NOT NULL,
	`region_id` text,
	`date` text NOT NULL,
	`value` text NOT NULL,
	`note` text,
	`person_id` integer,
	`reported_at` integer NOT NULL,
	FOREIGN KEY (`indicator_id`) REFERENCES `indicator`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `progress_by_indicator` ON `progress` (`indicator_id`,`region_id`,`date`,`id`);--> statement-breakpoint
CREATE TABLE `region` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text,
	`name` text NOT NULL,
	`short` text NOT NULL,
	`kind` text NOT NULL,
	`valid_from` text,
	`valid_to` text,
	`successor` text,
	`sort` integer NOT NULL,
	CONSTRAINT "region_kind" CHECK("kind" in ('city', 'county', 'functional'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `region_day` (
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
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "region_day_source" CHECK("source" in ('stations', 'import'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `revision` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subject` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`person_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `setting` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `station` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`region_id` text NOT NULL,
	`national` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `station_name_unique` ON `station` (`name`);--> statement-breakpoint
CREATE TABLE `station_day` (
	`station_id` text NOT NULL,
	`date` text NOT NULL,
	`pm25` integer,
	`pm10` integer,
	`o3` integer,
	`no2` integer,
	`so2` integer,
	`co` integer,
	PRIMARY KEY(`station_id`, `date`),
	FOREIGN KEY (`station_id`) REFERENCES `station`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER `audit_no_update` BEFORE UPDATE ON `audit` BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `audit_no_delete` BEFORE DELETE ON `audit` BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
