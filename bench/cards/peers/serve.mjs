// One card a line: a job as JSON comes in, what it cost goes out. With --once, the first job's picture is all.

import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

export function fontsOf(job) {
  return job.fonts.map(({ path, name, weight, style }) => ({ name, weight, style, data: readFileSync(path) }));
}

// `start` gets the first line (fonts and pictures by path) and gives the function that renders a job to bytes.
export async function serve(start) {
  let render;
  for await (const line of createInterface({ input: process.stdin })) {
    const job = JSON.parse(line);
    if (!render) {
      render = await start(job);
      if (!job.once) {
        process.stdout.write("{}\n");
        continue;
      }
    }
    const before = process.cpuUsage();
    const picture = await render(job);
    const spent = process.cpuUsage(before);
    if (job.out) writeFileSync(job.out, picture);
    const cpu = (spent.user + spent.system) / 1000; // all threads of this process, in ms
    process.stdout.write(JSON.stringify({ cpu, bytes: picture.length }) + "\n");
  }
}
