import Database from "better-sqlite3";

// Another program that keeps the database to itself: `hold-database.mjs FILE MS`.
const [file, ms] = process.argv.slice(2);
const database = new Database(file, { timeout: 5000 });
database.exec("BEGIN IMMEDIATE");
process.stdout.write("held\n");
setTimeout(() => database.exec("COMMIT"), Number(ms));
