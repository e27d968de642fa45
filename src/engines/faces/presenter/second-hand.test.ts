import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Fault } from '../../../core/errors.ts'
import { openCanvas } from './canvas.ts'
import { openSecondHand } from './second-hand.ts'

const nowhere = {
  diffusePath: '/there/is/no.png',
  name: 'none',
  kind: 'cloth',
  color: null,
  dye: null,
  grey: 0,
} as const

describe('the second thread of baking', () => {
  it('hands on what went wrong as the fault that it was', async () => {
    const second = openSecondHand()
    try {
      await assert.rejects(
        second.ask('partPicture', nowhere),
        (error) => error instanceof Fault && error.kind === 'internal' && error.message.includes('/there/is/no.png'),
      )
    } finally {
      await second.close()
    }
  })

  it('works on memory that both threads see', async () => {
    const second = openSecondHand()
    try {
      const canvas = openCanvas()
      const crumb = (400 * canvas.width + 300) * 4
      canvas.rgba[crumb + 3] = 255
      await second.ask('dropCrumbs', canvas)
      assert.equal(canvas.rgba[crumb + 3], 0)
    } finally {
      await second.close()
    }
  })

  it('can be closed while it is at work', async () => {
    const second = openSecondHand()
    let ended = false
    second.ask('dropCrumbs', openCanvas()).then(
      () => {
        ended = true
      },
      () => {
        ended = true
      },
    )
    await second.close()
    assert.equal(ended, false, 'an answer that nobody waits for never comes')
  })
})
