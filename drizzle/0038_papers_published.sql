-- What was sent with figures in it is an issued paper of its kind from now on, of which the figures are all that was kept.
INSERT INTO `official_paper` (`kind`, `key`, `title`, `about`, `first_day`, `last_day`, `state`, `version`, `slot`, `quick`, `drafted_at`, `issued_at`, `files_at`)
SELECT `job`, `first_day`, `title` || '（' || `first_day` || '至' || `last_day` || '）',
	json_object('key', `first_day`, 'label', `first_day` || '至' || `last_day`, 'from', `first_day`, 'to', `last_day`),
	`first_day`, `last_day`, 'issued', 1, `slot`, 0, `slot`, `slot`, `slot`
FROM `publication` WHERE `job` = 'weekly-notice' ORDER BY `slot`;--> statement-breakpoint
INSERT INTO `official_paper_version` (`paper_id`, `version`, `facts`, `figures`, `rests_on`, `batches`, `digest`, `at`)
SELECT `official_paper`.`id`, 1, NULL, `publication`.`figures`, `publication`.`rests_on`, `publication`.`batches`, '', `publication`.`slot`
FROM `publication` JOIN `official_paper` ON `official_paper`.`kind` = `publication`.`job` AND `official_paper`.`slot` = `publication`.`slot`;--> statement-breakpoint
INSERT INTO `official_paper_act` (`paper_id`, `version`, `act`, `at`)
SELECT `id`, 1, 'issue', `issued_at` FROM `official_paper` WHERE `issued_at` IS NOT NULL AND `slot` = `issued_at`;
