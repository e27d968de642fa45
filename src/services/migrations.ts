// How the store's tables came to be: a list that only ever grows.
import { type Kysely, sql } from 'kysely'

/** Each entry is applied once, in order. Never edit or remove one: append. */
export const MIGRATIONS: readonly { readonly name: string; readonly statements: readonly string[] }[] = [
  {
    name: 'accounts, keys, jobs and segments',
    statements: [
      `create table accounts (
        id text primary key,
        name text not null,
        email text not null,
        created_at double precision not null
      )`,
      `create table api_keys (
        hash text primary key,
        account_id text not null references accounts (id),
        created_at double precision not null
      )`,
      'create table secrets (name text primary key, value text not null)',
      `create table jobs (
        id text primary key,
        account_id text not null references accounts (id),
        spec jsonb not null,
        status text not null,
        stage text not null,
        progress double precision not null,
        created_at double precision not null,
        started_at double precision,
        ended_at double precision,
        failure text,
        result jsonb,
        notes jsonb not null,
        join_queued boolean not null default false
      )`,
      'create index jobs_by_account on jobs (account_id, created_at desc)',
      `create table segments (
        job_id text not null references jobs (id) on delete cascade,
        index integer not null,
        frame_count integer not null,
        done_frames integer not null default 0,
        finished boolean not null default false,
        primary key (job_id, index)
      )`,
    ],
  },
  // Here, where processes that start together take turns; pg-boss fills it.
  { name: 'a schema for the queue', statements: ['create schema if not exists queue'] },
  {
    name: 'named keys, repeated requests, webhooks, assets and folders',
    statements: [
      `alter table api_keys add column id text, add column name text not null default '',
        add column dialect text, add column expires_at double precision, add column revoked_at double precision`,
      'update api_keys set id = left(hash, 12)',
      'alter table api_keys alter column id set not null, add unique (id)',
      `create table idempotency (
        account_id text not null references accounts (id),
        key text not null,
        fingerprint text not null,
        status integer,
        body text,
        created_at double precision not null,
        primary key (account_id, key)
      )`,
      `alter table jobs add column origin jsonb not null default
        '{"api":"joggai-v2","linkBase":"","callbackUrl":null,"callbackId":null,"folderId":null}'`,
      `create table webhook_endpoints (
        id text primary key,
        account_id text not null references accounts (id),
        api text not null,
        url text not null,
        secret text not null,
        enabled boolean not null,
        events jsonb,
        created_at double precision not null
      )`,
      'create index webhook_endpoints_by_account on webhook_endpoints (account_id, created_at)',
      `create table deliveries (
        id text primary key,
        account_id text not null references accounts (id),
        endpoint_id text,
        api text not null,
        job_id text not null,
        event_id text not null,
        event text not null,
        url text not null,
        body text not null,
        status text not null,
        attempts integer not null default 0,
        created_at double precision not null,
        ended_at double precision
      )`,
      'create index deliveries_by_account on deliveries (account_id, created_at desc)',
      `create table delivery_attempts (
        delivery_id text not null references deliveries (id) on delete cascade,
        number integer not null,
        started_at double precision not null,
        milliseconds double precision,
        status integer,
        error text,
        primary key (delivery_id, number)
      )`,
      `create table assets (
        id text primary key,
        number serial,
        account_id text not null references accounts (id),
        name text not null,
        content_type text not null,
        file_key text not null,
        byte_count double precision,
        folder_id text,
        created_at double precision not null
      )`,
      'create index assets_by_account on assets (account_id, created_at desc)',
      `create table folders (
        id text primary key,
        account_id text not null references accounts (id),
        name text not null,
        parent_id text,
        project_type text not null,
        is_trash boolean not null default false,
        created_at double precision not null,
        updated_at double precision not null
      )`,
    ],
  },
  {
    name: 'avatars of accounts, and people generated for them',
    statements: [
      `create table own_avatars (
        id text primary key,
        number serial,
        account_id text not null references accounts (id),
        group_id text not null,
        name text not null,
        source text not null,
        speaker_id text,
        file_key text not null,
        status text not null,
        failure jsonb,
        created_at double precision not null
      )`,
      'create index own_avatars_by_account on own_avatars (account_id, created_at desc)',
      'create index own_avatars_by_speaker on own_avatars (speaker_id)',
      `create table generations (
        id text primary key,
        account_id text not null references accounts (id),
        request jsonb not null,
        status text not null,
        failure jsonb,
        people jsonb not null,
        notes jsonb not null,
        created_at double precision not null
      )`,
    ],
  },
  {
    name: 'quotas of keys and their ledger',
    statements: [
      'alter table api_keys add column quota_seconds double precision',
      `create table ledger (
        number serial primary key,
        key_id text not null,
        job_id text not null,
        seconds double precision not null,
        reason text not null,
        created_at double precision not null
      )`,
      'create index ledger_by_key on ledger (key_id)',
      'create index ledger_by_job on ledger (job_id)',
    ],
  },
  {
    name: 'notices of pictures and avatars, voices and manners of avatars, people of pictures',
    statements: [
      `alter table own_avatars add column link_base text not null default '', add column voice_id text,
        add column manner jsonb, add column greeting text`,
      `alter table generations add column link_base text not null default '', add column picture_key text,
        add column like_id text`,
    ],
  },
  {
    name: 'looks that were asked to be upscaled',
    statements: ['alter table own_avatars add column upscaled boolean not null default false'],
  },
]

// Any number will do as long as no other program on the same database uses it for its own lock.
const MIGRATION_LOCK = 1_919_905_652

/** Brings the store's tables up to date, all in one transaction; two processes that start together take turns. */
export async function migrate(db: Kysely<never>, now: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(trx)
    await sql`create table if not exists migrations (
      id integer primary key, name text not null, applied_at double precision not null
    )`.execute(trx)
    const applied = await sql<{ count: number }>`select count(*)::int as count from migrations`.execute(trx)
    for (let index = applied.rows[0]?.count ?? 0; index < MIGRATIONS.length; index++) {
      const migration = MIGRATIONS[index]
      if (!migration) continue
      for (const statement of migration.statements) await sql.raw(statement).execute(trx)
      await sql`insert into migrations (id, name, applied_at) values (${index}, ${migration.name}, ${now})`.execute(trx)
    }
  })
}
