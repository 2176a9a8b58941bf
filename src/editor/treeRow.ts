/** A row of the tree with the parts that every row has. */
import * as vscode from 'vscode';

export function row(
  label: string,
  description: string,
  icon: string,
  state: vscode.TreeItemCollapsibleState,
  color?: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  return item;
}
