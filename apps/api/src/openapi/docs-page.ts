import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

/** The page runs its own scripts and talks to this origin only; its styles are partly inline. */
const pageCsp =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** @param assets folder with the files of Swagger UI */
export async function serveDocsPage(app: FastifyInstance, assets: string): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    baseDir: assets,
    // Without one it would read its own from a path that only exists in node_modules.
    logo: {
      type: 'image/svg+xml',
      content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    },
    staticCSP: pageCsp,
    uiConfig: { deepLinking: true, persistAuthorization: false },
    theme: { title: 'CLARITY API' },
  });
}
