using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>
/// Cuts the frames of one direction of one HTTP/3 stream (RFC 9114 section 7.1): <c>Frame { Type (i), Length (i), Frame Payload (..) }</c>. HEADERS and
/// SETTINGS are collected, others are skipped.
/// </summary>
internal sealed class Http3Frames
{
    private readonly List<Http3Frame> frames = [];
    private readonly byte[] header = new byte[16];
    private byte[] payload = [];
    private int headerLength;
    private int collected;
    private ulong type;
    private ulong left;
    private bool isInside;
    private FrameMark first;

    /// <summary>True once a frame was longer than the cap: nothing more is read.</summary>
    public bool IsAboveCap { get; private set; }

    /// <summary>True where some of a collected frame is there and some is missing.</summary>
    public bool IsInside => isInside && IsCollected;

    /// <summary>Takes the next bytes; answers with the collected frames that they completed, valid until the next call.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="mark">Their frame in the capture.</param>
    /// <param name="body">Receives what DATA frames carry; null where nobody wants it.</param>
    public IReadOnlyList<Http3Frame> Feed(ReadOnlySpan<byte> bytes, FrameMark mark, PhraseSearch? body)
    {
        frames.Clear();
        while (!IsAboveCap && (bytes.Length > 0 || (isInside && left == 0)))
        {
            if (!isInside)
            {
                if (headerLength == 0) first = mark;
                header[headerLength++] = bytes[0];
                bytes = bytes[1..];
                Begin();
                continue;
            }

            var taken = bytes[..(int)Math.Min(left, (ulong)bytes.Length)];
            if (IsCollected) taken.CopyTo(payload.AsSpan(collected));
            else if (type == Data) body?.Feed(taken);
            if (IsCollected) collected += taken.Length;
            left -= (ulong)taken.Length;
            bytes = bytes[taken.Length..];
            if (left > 0) break;
            if (IsCollected) frames.Add(new Http3Frame(type == Headers, payload, first, mark));
            (isInside, headerLength) = (false, 0);
        }

        return frames;
    }

    private bool IsCollected => type is Headers or Settings;

    private void Begin()
    {
        var at = 0;
        var read = header.AsSpan(0, headerLength);
        if (!VariableInteger.TryRead(read, ref at, out type) || !VariableInteger.TryRead(read, ref at, out left)) return;
        isInside = true;
        if (!IsCollected) return;
        IsAboveCap = left > MaxPayload;
        payload = IsAboveCap ? [] : new byte[left];
        collected = 0;
    }

    private const ulong Data = 0;
    private const ulong Headers = 1;
    private const ulong Settings = 4;

    // As for HTTP/2's header blocks.
    private const ulong MaxPayload = 64 * 1024;
}
