/**
 * What one import may weigh. Ours, not a platform's: the largest real registers seen have 450 rows, 200 columns and
 * 1.3 MB, and everything here is held in memory at once.
 */
export const importLimits = {
  bytes: 20 * 1024 * 1024,
  rows: 100_000,
  columns: 400,
  /** All parts of a zipped workbook together; a file of 20 MiB that unpacks to more is a bomb. */
  unpackedBytes: 160 * 1024 * 1024,
  /** Elements of the parts that are read as a stream (100,000 rows of 30 cells have some 8 million) … */
  streamedElements: 8_000_000,
  /** … and of those held as a tree, some 400 bytes each (100,000 rows of four long texts have 800,000). */
  treeElements: 2_000_000,
  /** A workbook has some dozens of parts. */
  parts: 5_000,
  /** A longer cell in the number column is no number ("C-2025/0142-BXD" has 15 characters): the row is told by its title. */
  number: 60,
  /** The register's limit for a title; longer ones are asked about. */
  titleAsked: 4_000,
  /** Longer than this is no title: the row is refused. */
  title: 10_000,
} as const;
