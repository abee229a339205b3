using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>
/// Puts handshake messages together that are split or joined by records (RFC 8446 section 5.1); each:
/// <c>HandshakeType msg_type; uint24 length; opaque body[length]</c>.
/// </summary>
internal sealed class HandshakeAssembler
{
    private readonly int cap;
    private readonly Func<HandshakeType, ReadOnlySpan<byte>, ReadOnlyMemory<byte>>? known;
    private byte[] buffer = [];
    private int filled;
    private int declared = -1;
    private FrameMark first;
    private FrameMark last;

    /// <summary>Assembles the messages of one direction.</summary>
    public HandshakeAssembler(AnalyzerLimits limits)
        : this(limits, null)
    {
    }

    /// <summary>The same, with the bytes of messages that came before, so that they are not copied again.</summary>
    /// <param name="limits">The caps.</param>
    /// <param name="known">Finds the stored bytes of an equal message; empty if there is none. Null to copy every message.</param>
    internal HandshakeAssembler(AnalyzerLimits limits, Func<HandshakeType, ReadOnlySpan<byte>, ReadOnlyMemory<byte>>? known) => (cap, this.known) = (limits.HandshakeMessageBytes, known);

    /// <summary>True where it is not known where the next message begins.</summary>
    public bool IsLost { get; private set; }

    /// <summary>True where a message declared more than the cap allows.</summary>
    public bool IsAboveCap { get; private set; }

    /// <summary>True in the middle of a message.</summary>
    public bool IsInside => filled > 0;

    /// <summary>
    /// Takes bytes of one frame, up to the end of the message that is being read; call it until
    /// <paramref name="bytes"/> is empty. True where a message is complete.
    /// </summary>
    public bool TryTake(ref ReadOnlySpan<byte> bytes, FrameMark mark, out RawMessage message)
    {
        message = default;
        if (IsLost)
        {
            bytes = default;
            return false;
        }

        if (filled == 0)
        {
            first = last = mark;
            if (bytes.Length >= HeaderLength)
            {
                if (TryKnown(bytes, mark, out message))
                {
                    bytes = bytes[message.Bytes.Length..];
                    return true;
                }

                Prepare(bytes);
            }
        }

        last = FrameMark.Latest(last, mark);
        if (filled < HeaderLength) Keep(ref bytes, HeaderLength - filled);
        if (filled < HeaderLength) return false;
        if (declared < 0)
        {
            declared = LengthIn(buffer);
            if (declared > cap)
            {
                IsAboveCap = true;
                Lose();
                bytes = default;
                return false;
            }
        }

        Keep(ref bytes, HeaderLength + declared - filled);
        if (filled < HeaderLength + declared) return false;
        message = new RawMessage(new HandshakeType(buffer[0]), buffer.AsMemory(0, filled), first, last);

        // The message keeps the array for itself.
        buffer = [];
        filled = 0;
        declared = -1;
        return true;
    }

    /// <summary>A chain that begins here, is whole in the bytes, and that another connection has shown already.</summary>
    /// <param name="bytes">The message and what follows it.</param>
    /// <param name="mark">Its frame; where the bytes are those of several, of the first.</param>
    /// <param name="message">The message with the stored bytes.</param>
    public bool TryKnown(ReadOnlySpan<byte> bytes, FrameMark mark, out RawMessage message)
    {
        message = default;
        if (known is null || IsLost || filled > 0 || bytes.Length < HeaderLength) return false;
        var whole = HeaderLength + LengthIn(bytes);
        var type = new HandshakeType(bytes[0]);
        if (whole > bytes.Length || whole > cap || known(type, bytes[..whole]) is not { IsEmpty: false } stored) return false;
        message = new RawMessage(type, stored, mark, mark);
        return true;
    }

    /// <summary>Bytes are missing: the current message is lost, and with it the beginning of the next one.</summary>
    public void Lose()
    {
        IsLost = true;
        buffer = [];
        filled = 0;
        declared = -1;
    }

    /// <summary>
    /// After <see cref="Lose"/>: goes on where a record begins like a message, of a known type and below 64 KiB. Bytes from
    /// the middle of a certificate look so once in some thousand cases.
    /// </summary>
    public bool TryResume(ReadOnlySpan<byte> fragment)
    {
        if (fragment.Length < HeaderLength || fragment[1] != 0 || !new HandshakeType(fragment[0]).IsKnown) return false;
        IsLost = false;
        return true;
    }

    /// <summary>The whole length is known: one array for all, unless it is so long that it must first come.</summary>
    private void Prepare(ReadOnlySpan<byte> bytes)
    {
        var whole = HeaderLength + LengthIn(bytes);
        if (whole <= Math.Max(bytes.Length, UsualLength)) buffer = new byte[whole];
    }

    private void Keep(ref ReadOnlySpan<byte> bytes, int wanted)
    {
        var taken = Math.Min(wanted, bytes.Length);
        if (buffer.Length < filled + taken)
        {
            // Grows with what is really there, not with what a header declares.
            var whole = declared < 0 ? FirstBuffer : HeaderLength + declared;
            Array.Resize(ref buffer, Math.Min(Math.Max(filled + taken, 2 * buffer.Length), Math.Max(whole, filled + taken)));
        }

        bytes[..taken].CopyTo(buffer.AsSpan(filled));
        filled += taken;
        bytes = bytes[taken..];
    }

    /// <summary>The length of the body that a message's header declares (RFC 8446 section 4).</summary>
    internal static int LengthIn(ReadOnlySpan<byte> header) => (header[1] << 16) | (header[2] << 8) | header[3];

    /// <summary>Bytes of a message's type and length.</summary>
    internal const int HeaderLength = 4;

    private const int FirstBuffer = 4;

    /// <summary>Chains of two or three certificates fit.</summary>
    private const int UsualLength = 8192;
}
