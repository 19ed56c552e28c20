/** What is promised and what must exist when it is done. with: whom one can promise it to. */
export interface Topic {
  readonly subject: string;
  readonly result: string;
  readonly with: 'anybody' | 'countries' | 'neighbours';
}

export const anybody = (subject: string, result: string): Topic => ({ subject, result, with: 'anybody' });
export const countries = (subject: string, result: string): Topic => ({ subject, result, with: 'countries' });
export const neighbours = (subject: string, result: string): Topic => ({ subject, result, with: 'neighbours' });
