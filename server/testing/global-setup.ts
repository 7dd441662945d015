import type { TestProject } from 'vitest/node';
import { startTestDatabaseServer, type TestDatabaseServer } from './database-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServerUrl: TestDatabaseServer['url'];
    testTemplate: TestDatabaseServer['template'];
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestDatabaseServer();
  project.provide('testServerUrl', server.url);
  project.provide('testTemplate', server.template);
  return server.close;
}
