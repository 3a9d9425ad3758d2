// Decisions kept by `zhfacts audit serve`: each is sent at once, and again until the server has it on its disk.

class ServerStore {
  constructor(data) {
    this.address = data.server.reviews;
    this.first = data.server.records;
    this.waiting = [];
    this.sending = false;
    this.unsaved = false;
    this.resting = [];
  }

  /** Kept when the server has everything. */
  idle() {
    return this.waiting.length ? new Promise((resolve) => this.resting.push(resolve)) : Promise.resolve();
  }

  load() {
    return this.first;
  }

  add(records) {
    this.waiting.push(...records);
    this.unsaved = true;
    this.send();
  }

  async send() {
    if (this.sending || !this.waiting.length) return;
    this.sending = true;
    const records = [...this.waiting];
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/x-ndjson" },
        body: asLines(records),
        credentials: "omit",
        keepalive: records.length < 20,
      });
      if (answer.status === 422) say(`Refused: ${await answer.text()}. Download your decisions if you need them.`, true);
      else if (!answer.ok) throw new Error(await answer.text());
      this.waiting.splice(0, records.length);
    } catch (error) {
      say(`Not saved yet: ${error.message}. It is tried again; download your decisions if this stays.`, true);
      setTimeout(() => this.send(), 3000);
      return;
    } finally {
      this.sending = false;
      this.unsaved = this.waiting.length > 0;
    }
    if (this.waiting.length) this.send();
    else for (const resolve of this.resting.splice(0)) resolve();
  }
}
