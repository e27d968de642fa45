// rostrum doctor: what works on this machine, what does not, and how to mend it.
import type { Command } from 'commander'
import { CHECKS, type Finding, type Verdict } from './checks.ts'
import { EXIT } from './exit.ts'
import { readConfig } from './read-config.ts'
import { table } from './table.ts'
import { VERSION } from './version.ts'

const MARKS: Readonly<Record<Verdict, string>> = { good: 'ok  ', weak: 'weak', broken: 'BAD ' }

/** Adds the command. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('say what works on this machine, what does not, and how to mend it')
    .option('--json', 'as JSON')
    .option('--licences', 'list the parts that the avatars are made of, with their licences')
    .action(async ({ json = false, licences = false }: { json?: boolean; licences?: boolean }) => {
      if (licences) return printLicences(json)
      const config = readConfig()
      const findings: (Finding & { name: string })[] = []
      if (!json) process.stdout.write(`Rostrum ${VERSION} on ${process.platform} ${process.arch}\n\n`)
      for (const check of CHECKS) {
        const finding = { name: check.name, ...(await check.run(config)) }
        findings.push(finding)
        if (!json) process.stdout.write(line(finding))
      }
      const broken = findings.filter(({ verdict }) => verdict === 'broken').length
      if (json) process.stdout.write(`${JSON.stringify({ ok: broken === 0, version: VERSION, findings }, null, 2)}\n`)
      else
        process.stdout.write(
          broken === 0
            ? '\nVideos can be made here.\n'
            : `\n${broken} of these must be mended before videos can be made.\n`,
        )
      if (broken > 0) process.exitCode = EXIT.internal
    })
}

async function printLicences(json: boolean): Promise<void> {
  const { loadRecipes } = await import('../../engines/faces/recipes.ts')
  const { assetLicences } = await import('../../engines/faces/asset-licences.ts')
  const found = await assetLicences(await loadRecipes())
  if (json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
  else {
    const rows = found.map(({ asset, licence, stated, author, use, recipes }) => [
      asset,
      licence ?? stated,
      author,
      use,
      recipes.join(' '),
    ])
    process.stdout.write(`${table(['part', 'licence', 'author', 'use', 'avatars'], rows)}\n`)
  }
}

function line({ name, verdict, found, mend }: Finding & { name: string }): string {
  return `${MARKS[verdict]}  ${name.padEnd(16)}  ${found}\n${mend === undefined ? '' : `${' '.repeat(24)}-> ${mend}\n`}`
}
