/** The document of a page: an empty frame for the bundled script, under a policy that lets in nothing else. */

export interface PageResources {
  readonly title: string;
  /** Where style sheets may come from (`Webview.cspSource`). */
  readonly cspSource: string;
  /** Random for each page. */
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}

export function pageHtml({ title, cspSource, nonce, scriptUri, styleUri }: PageResources): string {
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}';`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escaped(title)}</title>
  <link rel="stylesheet" href="${styleUri}">
</head>
<body>
  <main id="page"></main>
  <script nonce="${nonce}" src="${scriptUri}"></script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
