// In a render process: the painter of a scene is opened before the first segment asks for it.
import { painterFor } from './scenery.ts'
import type { Tasks } from './tasks.ts'

/** Opens the painter that segments of this scene will be painted by. */
export async function openScenery({ canvas, scene, mark, ...paths }: Tasks['scenery']['input']): Promise<null> {
  await painterFor(canvas, scene, mark, paths)
  return null
}
