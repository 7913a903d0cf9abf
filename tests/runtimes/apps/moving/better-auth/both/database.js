// The database of the app, in which better-auth's tables are, and stay.
import { DatabaseSync } from 'node:sqlite'

export const database = new DatabaseSync(`${process.env.DATA}/app.db`)
