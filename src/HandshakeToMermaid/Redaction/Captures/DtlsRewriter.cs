using HandshakeToMermaid.Protocols.Dtls;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// One handshake of DTLS: messages in the clear are put together from their fragments, rewritten and taken apart again. Headers of records stay with
/// their epochs and numbers, what is encrypted becomes noise.
/// </summary>
internal sealed class DtlsRewriter(HandshakeRewriter handshake, ConnectionIdPseudonyms ids, byte[] key) : IDatagramRewriter
{
    private readonly Dictionary<(bool IsForward, FragmentHeader Message), CollectedStream> messages = [];
    private readonly Noise noise = new(key, "dtls");
    private readonly int[] idLengths = new int[2];

    /// <inheritdoc/>
    public int Collect(long frame, bool isForward, ReadOnlySpan<byte> payload, int wireLength)
    {
        var stored = 0;
        while (DtlsRecord.TryRead(ref payload, ref wireLength, 0, out var record))
        {
            if (!HoldsMessages(in record)) continue;
            var content = record.Fragment;
            while (TryFragment(content, out var fragment))
            {
                var name = NameOf(isForward, fragment);
                if (!messages.TryGetValue(name, out var message)) messages[name] = message = new CollectedStream(0, frame);
                stored += message.Add((uint)fragment.Offset, content.Slice(FragmentHeader.Size, fragment.FragmentLength));
                content = content[(FragmentHeader.Size + fragment.FragmentLength)..];
            }
        }

        return stored;
    }

    /// <inheritdoc/>
    public void Rewrite()
    {
        foreach (var ((isForward, fragment), message) in messages) Learn(isForward, fragment, message.Known);
        foreach (var ((_, fragment), message) in messages)
        {
            message.Rewrite(
                bytes =>
                {
                    if (bytes.Length >= fragment.Length) handshake.Rewrite(fragment.Type, bytes[..fragment.Length]);
                    else noise.Fill(bytes, 0);
                },
                noise);
        }
    }

    /// <inheritdoc/>
    public void Apply(long frame, bool isForward, Span<byte> payload, int wireLength)
    {
        ReadOnlySpan<byte> rest = payload;
        var at = 0;
        while (DtlsRecord.TryRead(ref rest, ref wireLength, idLengths[isForward ? 0 : 1], out var record))
        {
            var start = at + record.Header.Length;
            Record(isForward, in record, payload[at..start], payload.Slice(start, record.Fragment.Length));
            at = payload.Length - rest.Length;
        }

        // Of another protocol on these ports (RFC 7983) only its first byte stays, which tells it from DTLS.
        if (at == 0 && !payload.IsEmpty) at = 1;
        payload[at..].Clear();
    }

    private void Record(bool isForward, in DtlsRecord record, Span<byte> header, Span<byte> content)
    {
        if (record.IsUnified && record.NumberOffset > 1) ids.Rewrite(header[1..record.NumberOffset]);
        if (!record.IsUnified && header.Length > DtlsRecord.FullHeader) ids.Rewrite(header[IdOffset..^2]);
        if (HoldsMessages(in record))
        {
            while (TryFragment(content, out var fragment))
            {
                var body = content.Slice(FragmentHeader.Size, fragment.FragmentLength);
                if (messages.TryGetValue(NameOf(isForward, fragment), out var message)) message.CopyTo((uint)fragment.Offset, body, noise);
                else Noise.Hide(key, body);
                content = content[(FragmentHeader.Size + fragment.FragmentLength)..];
            }

            Noise.Hide(key, content);
            return;
        }

        // Record numbers are acknowledged in the clear where there are no keys yet (RFC 9147 section 7).
        var isClear = record is { IsUnified: false, Epoch: 0, IsCut: false };
        if (isClear && record.Type == DtlsRecord.Ack) return;
        var kept = !isClear ? 0 : record.Type switch { DtlsRecord.ChangeCipherSpec => 1, DtlsRecord.Alert => 2, _ => 0 };
        Noise.Hide(key, content[Math.Min(kept, content.Length)..]);
    }

    /// <summary>A side announces the connection id that its peer must send (RFC 9146 section 3).</summary>
    private void Learn(bool isForward, FragmentHeader fragment, ReadOnlySpan<byte> body)
    {
        if (fragment.Type is not (1 or 2) || body.Length < fragment.Length) return;
        var message = HandshakeMessage.Read(new HandshakeType(fragment.Type), body[..fragment.Length].ToArray(), MessageContext.Initial);
        var extensions = message switch { ClientHello client => client.Extensions, ServerHello server => server.Extensions, _ => null };
        foreach (var extension in extensions ?? ExtensionList.Empty)
        {
            if (extension.Type.Code == ConnectionId && extension.Data.Length > 0) idLengths[isForward ? 1 : 0] = extension.Data.Span[0];
        }
    }

    private static bool HoldsMessages(in DtlsRecord record) => record is { IsUnified: false, Epoch: 0, IsCut: false, Type: DtlsRecord.Handshake };

    private static bool TryFragment(ReadOnlySpan<byte> content, out FragmentHeader fragment) =>
        FragmentHeader.TryRead(content, out fragment) && fragment.IsSane && FragmentHeader.Size + fragment.FragmentLength <= content.Length;

    private static (bool IsForward, FragmentHeader Message) NameOf(bool isForward, FragmentHeader fragment) => (isForward, fragment with { Offset = 0, FragmentLength = 0 });

    /// <summary>Behind type, version, epoch and sequence number (RFC 9146 section 4).</summary>
    private const int IdOffset = 11;
    private const ushort ConnectionId = 54;
}
