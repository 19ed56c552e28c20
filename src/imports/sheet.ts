/** row: as a person counts (the sheet's row, or the line of a text file); the first is 1. */
export interface SheetRow {
  row: number;
  cells: string[];
}

export interface ReadSheet {
  name: string;
  rows: SheetRow[];
}
