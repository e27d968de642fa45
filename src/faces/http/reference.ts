// The reference page of all APIs, to read and to try requests from; it needs nothing from the internet.
import scalar from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'

/** Adds GET /docs. */
export function referenceRoutes(app: FastifyInstance, sources: readonly { title: string; url: string }[]): void {
  app.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      pageTitle: 'Rostrum API',
      sources: sources.map(({ title, url }, index) => ({ title, slug: `api-${index}`, url })),
      withDefaultFonts: false,
      telemetry: false,
      // Nothing here is sent to anybody: no sharing, no deployment, no other programs.
      agent: { disabled: true },
      mcp: { disabled: true },
      showDeveloperTools: 'never',
      hideClientButton: true,
      // The page's own mark leads to its makers.
      customCss: 'a[href*="scalar.com"] { display: none !important; }',
    },
  })
}
