// rostrum voices: the catalogue.
import type { Command } from 'commander'
import type { Voice } from '../../core/speech.ts'
import { table } from './table.ts'

type Options = { language?: string; gender?: string; age?: string; json?: boolean }

/** Adds the command. */
export function addVoices(program: Command): void {
  program
    .command('voices')
    .description('list the voices')
    .option('--language <name|code>', 'by language: german, de, de-AT')
    .option('--gender <gender>', 'female or male')
    .option('--age <age>', 'young, middle_aged or old')
    .option('--json', 'as JSON')
    .action(async (options: Options) => {
      const { VOICES } = await import('../../engines/voices/index.ts')
      const found = VOICES.filter((voice) => matches(voice, options))
      if (options.json) return void process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
      const rows = found.map((voice) => [
        voice.id,
        voice.name,
        voice.gender,
        voice.age,
        voice.language,
        voice.locale,
        voice.accent,
      ])
      process.stdout.write(`${table(['id', 'name', 'gender', 'age', 'language', 'locale', 'accent'], rows)}\n`)
      process.stdout.write(
        `${found.length} of ${VOICES.length} voices. Ids of other services, such as en-US-ChristopherNeural, find the nearest of them.\n`,
      )
    })
}

/** True where a voice fits all filters that are set. */
export function matches(voice: Voice, filters: Pick<Options, 'language' | 'gender' | 'age'>): boolean {
  const language = filters.language?.toLowerCase().replaceAll('_', '-')
  const locale = voice.locale.toLowerCase()
  return (
    (language === undefined ||
      voice.language === language ||
      locale === language ||
      locale.startsWith(`${language}-`)) &&
    (filters.gender === undefined || voice.gender === filters.gender.toLowerCase()) &&
    (filters.age === undefined || voice.age === filters.age.toLowerCase())
  )
}
