// Measures texts with Twilio's segment calculator. Reads one JSON string per line and answers one
// JSON object per line: the encoding, the texts of the segments, and whether a character of more than
// one code point (a flag, a letter with a combining mark) is among them. The calculator keeps such a
// character in one segment.
import { createInterface } from 'node:readline';
import calculator from 'sms-segments-calculator';

const lines = createInterface({ input: process.stdin });
for await (const line of lines) {
  const message = new calculator.SegmentedMessage(JSON.parse(line));
  const answer = {
    encoding: message.getEncodingName(),
    segments: message.segments.map((segment) =>
      [...segment].map((character) => character.raw ?? '').join(''),
    ),
    clusters: message.graphemes.some((grapheme) => [...grapheme].length > 1),
  };
  process.stdout.write(JSON.stringify(answer) + '\n');
}
