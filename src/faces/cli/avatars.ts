// rostrum avatars: the public library.
import type { Command } from 'commander'
import { table } from './table.ts'

/** Adds the command. */
export function addAvatars(program: Command): void {
  program
    .command('avatars')
    .description('list the avatars')
    .option('--gender <gender>', 'female or male')
    .option('--json', 'as JSON')
    .action(async (options: { gender?: string; json?: boolean }) => {
      const { loadRecipes } = await import('../../engines/faces/recipes.ts')
      const found = (await loadRecipes())
        .filter(({ gender }) => options.gender === undefined || gender === options.gender.toLowerCase())
        .sort((a, b) => a.number - b.number)
        .map(({ id, number, name, gender, age, ethnicity, style, scene, tags, voiceId }) => {
          return { id, number, name, gender, age, ethnicity, style, scene, tags, voiceId }
        })
      if (options.json) return void process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
      const rows = found.map((one) => [
        one.id,
        String(one.number),
        one.name,
        one.gender,
        one.age,
        one.style,
        one.scene,
        one.voiceId,
      ])
      process.stdout.write(`${table(['id', 'number', 'name', 'gender', 'age', 'style', 'scene', 'voice'], rows)}\n`)
    })
}
