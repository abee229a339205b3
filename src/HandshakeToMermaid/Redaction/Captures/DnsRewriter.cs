using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>A DNS message (RFC 1035 section 4) in place: names label by label, addresses, texts.</summary>
internal sealed class DnsRewriter(Pseudonyms pseudonyms, byte[] key)
{
    private readonly HashSet<int> done = [];
    private byte[] before = [];

    /// <summary>Rewrites a message.</summary>
    /// <returns>False where it is none: then nothing of it may stay.</returns>
    public bool Rewrite(Span<byte> message)
    {
        if (message.Length < HeaderLength) return false;
        done.Clear();
        before = message.ToArray();
        var questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
        var records = BinaryPrimitives.ReadUInt16BigEndian(message[6..]) + BinaryPrimitives.ReadUInt16BigEndian(message[8..]) + BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        var at = HeaderLength;
        for (var i = 0; i < questions; i++)
        {
            if (Name(message, at) is not { } end || end + 4 > message.Length) return false;
            at = end + 4;
        }

        for (var i = 0; i < records; i++)
        {
            if (Name(message, at) is not { } end || end + 10 > message.Length) return false;
            var type = BinaryPrimitives.ReadUInt16BigEndian(message[end..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(end + 8)..]);
            at = end + 10 + length;
            if (at > message.Length) return false;
            if (!Data(message, type, end + 10, at)) Hide(message[(end + 10)..at]);
        }

        Hide(message[at..]);
        return true;
    }

    private bool Data(Span<byte> message, ushort type, int start, int end)
    {
        var data = message[start..end];
        switch (type)
        {
            case 1 when data.Length == 4:
            case 28 when data.Length == 16:
                pseudonyms.Of(IpAddress.FromBytes(data)).ToIPAddress().TryWriteBytes(data, out _);
                return true;
            case 2 or 5 or 12 or 39:
                return Name(message, start) == end;
            case 15:
                return Name(message, start + 2) == end;
            case 33:
                return Name(message, start + 6) == end;
            case 6:
                return Name(message, start) is { } responsible && Name(message, responsible) is { } rest && rest + 20 == end;
            case 16:
                for (var at = 0; at < data.Length; at += 1 + data[at]) TextMask.Fill(data.Slice(at + 1, Math.Min(data[at], data.Length - at - 1)));
                return true;
            case 41:
                Options(data);
                return true;
            case 64 or 65:
                return Name(message, start + 2) is { } parameters && parameters <= end && Parameters(message[parameters..end]);
            default:
                return false;
        }
    }

    /// <summary>EDNS options (RFC 6891): the number of an extended error stays, its text is hidden, as is all else (cookies, subnets).</summary>
    private void Options(Span<byte> data)
    {
        for (var at = 0; at + 4 <= data.Length;)
        {
            var code = BinaryPrimitives.ReadUInt16BigEndian(data[at..]);
            var length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]), data.Length - at - 4);
            var value = data.Slice(at + 4, length);
            if (code == ExtendedError && length >= 2) TextMask.Fill(value[2..]);
            else Hide(value);
            at += 4 + length;
        }
    }

    /// <summary>SvcParams (RFC 9460 section 2.2): addresses are replaced, keys of ECH and what is not known are hidden.</summary>
    private bool Parameters(Span<byte> data)
    {
        var at = 0;
        while (at + 4 <= data.Length)
        {
            var parameter = BinaryPrimitives.ReadUInt16BigEndian(data[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]);
            if (at + 4 + length > data.Length) return false;
            var value = data.Slice(at + 4, length);
            if (parameter is 4 or 6) Addresses(value, parameter == 4 ? 4 : 16);
            else if (parameter is not (0 or 1 or 2 or 3)) Hide(value);
            at += 4 + length;
        }

        return at == data.Length;
    }

    private void Addresses(Span<byte> value, int size)
    {
        for (var at = 0; at + size <= value.Length; at += size) pseudonyms.Of(IpAddress.FromBytes(value.Slice(at, size))).ToIPAddress().TryWriteBytes(value.Slice(at, size), out _);
    }

    /// <summary>Replaces a name's labels, those that it points to included; null where it is none. Answers where it ends.</summary>
    private int? Name(Span<byte> message, int start)
    {
        var places = new List<(int At, int Length)>();
        var at = start;
        int? end = null;
        for (var jumps = 0; ;)
        {
            if (at >= before.Length) return null;
            var length = before[at];
            if (length == 0) break;
            if (length >= 0xC0)
            {
                if (at + 1 >= before.Length || ++jumps > MaxJumps) return null;
                end ??= at + 2;
                at = ((length & 0x3F) << 8) | before[at + 1];
                continue;
            }

            if (length > 63 || at + 1 + length > before.Length || places.Count >= MaxLabels) return null;
            places.Add((at + 1, length));
            at += 1 + length;
        }

        end ??= at + 1;
        var labels = places.ConvertAll(p => Encoding.Latin1.GetString(before.AsSpan(p.At, p.Length)));
        var replaced = pseudonyms.Of(new Original(OriginalKind.Name, string.Join('.', labels))).Split('.');
        for (var i = 0; i < places.Count; i++)
        {
            if (!done.Add(places[i].At)) continue;
            var room = message.Slice(places[i].At, places[i].Length);
            if (replaced.Length == places.Count && replaced[i].Length == room.Length) Encoding.Latin1.GetBytes(replaced[i]).CopyTo(room);
            else if (replaced.Length != places.Count || replaced[i] != labels[i]) TextMask.Fill(room);
        }

        return end;
    }

    private void Hide(Span<byte> bytes)
    {
        if (!bytes.IsEmpty) new Noise(key, $"dns {Convert.ToHexString(SHA256.HashData(bytes))}").Fill(bytes, 0);
    }

    private const int HeaderLength = 12;
    private const ushort ExtendedError = 15;
    private const int MaxJumps = 32;
    private const int MaxLabels = 128;
}
