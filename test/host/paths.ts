/** Where the tests find and put things. All tools and results live in folders that git ignores. */
import path from 'node:path';

export const repositoryFolder = path.resolve(import.meta.dirname, '../..');

/** Tools the tests install once and keep: code-server, a browser, a downloaded VS Code. */
export const toolFolder = path.join(repositoryFolder, '.vscode-test');

/** What one test run writes: the packaged extension, bundled suites, summaries. */
export const outFolder = path.join(repositoryFolder, 'out');

export const vsixPath = path.join(outFolder, 'kafka-dump-compare.vsix');
export const sampleFolder = path.join(repositoryFolder, 'samples');
