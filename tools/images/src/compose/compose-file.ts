import type { BorrowedMoto } from '../base-image/borrowed-moto';

/**
 * The override of docker-compose.yml if moto's image cannot be pulled; merged by Compose.
 * Every published port is a free one by its variable, so nothing else has to differ.
 */
export function withBorrowedMoto({ image, volumes, path }: BorrowedMoto): object {
  const service = { image, volumes, environment: { PATH: path } };
  return { services: { moto: service, resources: service } };
}
