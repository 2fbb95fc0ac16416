/** The notes of one ring (Hz) and when they start (s): a small marimba figure, played twice, then silence. */
const figure = [659.3, 784, 987.8, 784, 659.3, 784, 987.8, 1174.7]
const noteSeconds = 0.16
const ringMs = 2600

/** Rings, once a gesture of the person allowed the browser to make a sound. */
export class Ringer {
  private context: AudioContext | undefined

  /** Call it from a click or a key press. */
  async unlock(): Promise<boolean> {
    this.context ??= new AudioContext()
    await this.context.resume()
    return this.context.state === 'running'
  }

  /** Rings until the answer is called. */
  start(): () => void {
    const context = this.context
    if (context?.state !== 'running') return () => undefined
    const volume = context.createGain()
    volume.gain.value = 0.22
    volume.connect(context.destination)
    const once = () => figure.forEach((pitch, i) => note(context, volume, pitch, context.currentTime + i * noteSeconds))
    once()
    const timer = setInterval(once, ringMs)
    return () => {
      clearInterval(timer)
      volume.gain.setTargetAtTime(0, context.currentTime, 0.03)
      setTimeout(() => volume.disconnect(), 300)
    }
  }
}

function note(context: AudioContext, out: AudioNode, pitch: number, at: number) {
  const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: pitch })
  const envelope = new GainNode(context, { gain: 0 })
  envelope.gain.setValueAtTime(0, at)
  envelope.gain.linearRampToValueAtTime(1, at + 0.01)
  envelope.gain.exponentialRampToValueAtTime(0.001, at + 0.5)
  oscillator.connect(envelope).connect(out)
  oscillator.start(at)
  oscillator.stop(at + 0.55)
}
