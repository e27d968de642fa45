// rostrum generate: people who do not exist, from a few words.
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { Fault } from '../../core/errors.ts'
import type { Avatar } from '../../core/library.ts'
import { ASPECT_RATIOS, type AspectRatio } from '../../core/spec.ts'
import type { PersonRequest } from '../../domain/generate/wishes.ts'
import { inWorkshop } from './in-workshop.ts'
import { readConfig } from './read-config.ts'
import { table } from './table.ts'

type Options = {
  gender?: PersonRequest['gender']
  photo?: string
  age: PersonRequest['age']
  style: PersonRequest['style']
  model: PersonRequest['model']
  aspect: AspectRatio
  ethnicity?: Avatar['ethnicity']
  appearance?: string
  background?: string
  seed?: string
  count: string
  out?: string
  json?: boolean
}

const ETHNICITIES: readonly Avatar['ethnicity'][] = [
  'european',
  'african',
  'south_asian',
  'east_asian',
  'middle_eastern',
  'south_american',
  'north_american',
]

/** Adds the command. */
export function addGenerate(program: Command): void {
  const choice = (flags: string, what: string, choices: readonly string[], usual?: string) => {
    const option = new Option(flags, what).choices(choices)
    return usual === undefined ? option : option.default(usual)
  }
  program
    .command('generate')
    .description('make new avatars from words')
    .addOption(choice('--gender <gender>', 'of all of them', ['female', 'male']))
    .addOption(choice('--age <age>', 'of all of them', ['teenager', 'young_adult', 'adult', 'senior'], 'adult'))
    .addOption(choice('--ethnicity <name>', 'absent: by the words, or mixed', ETHNICITIES))
    .addOption(
      choice('--style <style>', 'how they dress and where they stand', ['professional', 'social'], 'professional'),
    )
    .addOption(choice('--model <model>', 'soft light, or bright with more contrast', ['classic', 'modern'], 'classic'))
    .addOption(choice('--aspect <ratio>', "the pictures' shape", Object.keys(ASPECT_RATIOS), 'portrait'))
    .option('--appearance <words>', 'such as "long red hair, green eyes, glasses, navy blazer"')
    .option('--background <words>', 'such as "office, light grey" or "skyline at night"')
    .option('--photo <file>', 'a picture of who it is; the words then dress the background alone')
    .option('--seed <number>', 'another seed makes other people, the same one the same', '1')
    .option('--count <number>', 'how many, 1 to 8', '4')
    .option('--out <folder>', 'where their pictures go')
    .option('--json', 'print what was made as JSON')
    .addHelpText(
      'after',
      `
Examples:
  rostrum generate --gender female --age senior --appearance "silver bob, blue eyes, glasses, burgundy blazer"
  rostrum generate --gender male --ethnicity african --background "park, evening" --count 2 --out faces
  rostrum render --avatar made-1234567890 --script "I did not exist a minute ago."

docs/generator.md lists the words that are understood.`,
    )
    .action(generate)
}

async function generate(options: Options): Promise<void> {
  const config = readConfig()
  const count = wholeIn('--count', options.count, 1, 8)
  const seed = wholeIn('--seed', options.seed ?? '1', 0, 2 ** 32 - 1)
  if (options.gender === undefined && options.photo === undefined) {
    throw new Fault(
      'invalid',
      'Say who is wanted: --gender female, --gender male, or --photo with a picture of them.',
      {
        field: 'gender',
      },
    )
  }
  const photo = options.photo === undefined ? {} : { photo: await readPhoto(options.photo) }
  const request: PersonRequest = {
    gender: options.gender ?? 'female',
    age: options.age,
    style: options.style,
    model: options.model,
    aspectRatio: options.aspect,
    ...(options.ethnicity === undefined ? {} : { ethnicity: options.ethnicity }),
    ...(options.appearance === undefined ? {} : { appearance: options.appearance }),
    ...(options.background === undefined ? {} : { background: options.background }),
    seed,
  }
  await inWorkshop(config, async ({ workshop, signal, progress }) => {
    const { people, notes } = await workshop.generate(request, {
      count,
      ...photo,
      signal,
      onProgress: (share) => progress.show(share, 'baking'),
    })
    progress.end()
    const folder = options.out === undefined ? null : resolve(options.out)
    if (folder) await mkdir(folder, { recursive: true })
    const made = []
    for (const { avatar, coverPath } of people) {
      const picture = folder ? join(folder, `${avatar.id}.jpg`) : coverPath
      if (folder) await copyFile(coverPath, picture)
      made.push({ id: avatar.id, number: avatar.number, name: avatar.name, picture })
    }
    if (options.json) return void process.stdout.write(`${JSON.stringify({ people: made, notes }, null, 2)}\n`)
    for (const note of notes) process.stderr.write(`${note}\n`)
    const rows = made.map(({ id, name, picture }) => [id, name, picture])
    process.stdout.write(`${table(['id', 'name', 'picture'], rows)}\n`)
  })
}

async function readPhoto(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new Fault('not-found', `The photo ${path} cannot be read: ${(cause as Error).message}`, {
      cause,
      field: 'photo',
    })
  }
}

function wholeIn(name: string, given: string, from: number, to: number): number {
  const value = Number(given)
  if (!/^\d+$/.test(given.trim()) || value < from || value > to) {
    throw new Fault('invalid', `${name} ${given} cannot be used. Give it a whole number from ${from} to ${to}.`, {
      field: name,
    })
  }
  return value
}
