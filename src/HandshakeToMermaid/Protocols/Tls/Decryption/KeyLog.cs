using System.Buffers;

namespace HandshakeToMermaid.Protocols.Tls.Decryption;

/// <summary>
/// Reads key logs in the NSS format (RFC 9850, SSLKEYLOGFILE): lines of
/// <c>LABEL client_random_hex secret_hex</c>, comments after #. It can be fed piece by piece, as a file grows or as a
/// capture's secrets arrive. RSA lines (they need the server's key exchange, not the client random) and exporter secrets
/// are counted and not stored.
/// </summary>
internal sealed class KeyLog
{
    private readonly SecretStore store;
    private readonly List<KeyLogFault> faults = [];
    private byte[] pending = [];
    private int pendingLength;
    private bool skipping;
    private bool started;
    private bool endedInReturn;

    /// <summary>Reads into a store.</summary>
    public KeyLog(SecretStore store) => this.store = store;

    /// <summary>Lines read so far.</summary>
    public long Lines { get; private set; }

    /// <summary>The number of lines whose secret was stored.</summary>
    public long Kept { get; private set; }

    /// <summary>Lines with a label that holds nothing for opening records: RSA, exporters, unknown ones.</summary>
    public long Ignored { get; private set; }

    /// <summary>Lines that could not be read.</summary>
    public long Broken { get; private set; }

    /// <summary>The first of the broken lines.</summary>
    public IReadOnlyList<KeyLogFault> Faults => faults;

    /// <summary>Reads a whole key log.</summary>
    public static KeyLog Read(ReadOnlySpan<byte> text, SecretStore store)
    {
        var log = new KeyLog(store);
        log.Feed(text);
        log.Finish();
        return log;
    }

    /// <summary>Reads a key log to its end. What the stream throws is not caught.</summary>
    public static KeyLog Read(Stream stream, SecretStore store)
    {
        var log = new KeyLog(store);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int read;
            while ((read = stream.Read(buffer)) > 0) log.Feed(buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        log.Finish();
        return log;
    }

    /// <summary>Takes the next bytes; a line is read once its end has come.</summary>
    public void Feed(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0)
        {
            // CR LF is one line end, even where a piece ends between the two.
            if (endedInReturn && text[0] == '\n')
            {
                endedInReturn = false;
                text = text[1..];
                continue;
            }

            endedInReturn = false;
            var end = text.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                Keep(text);
                return;
            }

            if (pendingLength == 0)
            {
                Line(text[..end]);
            }
            else
            {
                Keep(text[..end]);
                Line(pending.AsSpan(0, pendingLength));
            }

            pendingLength = 0;
            endedInReturn = text[end] == '\r';
            text = text[(end + 1)..];
        }
    }

    /// <summary>Reads what stands after the last line end.</summary>
    public void Finish()
    {
        if (pendingLength > 0 || skipping) Line(pending.AsSpan(0, pendingLength));
        pendingLength = 0;
        pending.AsSpan().Clear();
    }

    /// <summary>The counts, never a secret.</summary>
    public override string ToString() => $"{Kept} secrets in {Lines} lines, {Ignored} ignored, {Broken} broken";

    private void Keep(ReadOnlySpan<byte> piece)
    {
        if (skipping) return;
        if (pendingLength + piece.Length > MaxLine)
        {
            skipping = true;
            pendingLength = 0;
            return;
        }

        if (pending.Length < pendingLength + piece.Length) Array.Resize(ref pending, Math.Min(MaxLine, Math.Max(512, 2 * (pendingLength + piece.Length))));
        piece.CopyTo(pending.AsSpan(pendingLength));
        pendingLength += piece.Length;
    }

    private void Line(ReadOnlySpan<byte> line)
    {
        Lines++;
        if (skipping || line.Length > MaxLine)
        {
            skipping = false;
            Fault("the line is too long for a key log");
            return;
        }

        if (!started)
        {
            started = true;
            if (line.StartsWith("\uFEFF"u8)) line = line[3..];
            if (line.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || line.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            {
                Fault("the file is UTF-16; a key log is plain ASCII");
                return;
            }
        }

        line = line.Trim(" \t\0"u8);
        if (line.Length == 0 || line[0] == '#') return;

        var label = Word(ref line);
        var first = Word(ref line);
        var second = Word(ref line);
        if (!TryLabel(label, out var kind, out var generation, out var isKnown))
        {
            if (isKnown || IsLabel(label)) Ignored++;
            else Fault("it does not begin with a label");
            return;
        }

        if (first.Length == 0 || second.Length == 0) Fault("a client random and a secret must follow the label");
        else if (line.Trim(" \t"u8).Length > 0 && line.Trim(" \t"u8)[0] != '#') Fault("there is extra text after the secret");
        else Add(kind, generation, first, second);
    }

    private void Add(SecretLabel label, int generation, ReadOnlySpan<byte> randomHex, ReadOnlySpan<byte> secretHex)
    {
        Span<byte> random = stackalloc byte[ClientRandom.Length];
        if (randomHex.Length != 2 * ClientRandom.Length)
        {
            Fault($"the client random has {randomHex.Length} hex digits, not 64");
            return;
        }

        if (!TryHex(randomHex, random))
        {
            Fault("the client random is not hexadecimal");
            return;
        }

        var secret = new byte[secretHex.Length / 2];
        if (secretHex.Length % 2 != 0) Fault("the secret has an odd number of hex digits");
        else if (!TryHex(secretHex, secret)) Fault("the secret is not hexadecimal");
        else if (!SecretStore.IsLength(label, secret.Length)) Fault($"the secret has {secret.Length} bytes, which is not a valid length for its label");
        else if (ClientRandom.TryRead(random, out var key) && store.TryAdd(key, label, secret, generation)) Kept++;
        else Fault("too many secrets");
        secret.AsSpan().Clear();
    }

    private void Fault(string reason)
    {
        Broken++;
        if (faults.Count < MaxFaults) faults.Add(new KeyLogFault(Lines, reason));
    }

    private static bool TryLabel(ReadOnlySpan<byte> text, out SecretLabel label, out int generation, out bool isKnown)
    {
        generation = 0;
        isKnown = true;
        var name = text;
        if (name.StartsWith("QUIC_"u8)) name = name[5..];
        if (name.SequenceEqual("CLIENT_RANDOM"u8)) label = SecretLabel.MasterSecret;
        else if (name.SequenceEqual("CLIENT_EARLY_TRAFFIC_SECRET"u8)) label = SecretLabel.ClientEarlyTraffic;
        else if (name.SequenceEqual("CLIENT_HANDSHAKE_TRAFFIC_SECRET"u8)) label = SecretLabel.ClientHandshakeTraffic;
        else if (name.SequenceEqual("SERVER_HANDSHAKE_TRAFFIC_SECRET"u8)) label = SecretLabel.ServerHandshakeTraffic;
        else if (TryGeneration(name, "CLIENT_TRAFFIC_SECRET_"u8, out generation)) label = SecretLabel.ClientTraffic;
        else if (TryGeneration(name, "SERVER_TRAFFIC_SECRET_"u8, out generation)) label = SecretLabel.ServerTraffic;
        else if (name.SequenceEqual("ECH_SECRET"u8)) label = SecretLabel.EchSecret;
        else if (name.SequenceEqual("ECH_CONFIG"u8)) label = SecretLabel.EchConfig;
        else
        {
            label = default;
            isKnown = name.SequenceEqual("RSA"u8) || name.StartsWith("EXPORTER_"u8) || name.StartsWith("EARLY_EXPORTER"u8);
            return false;
        }

        return true;
    }

    private static bool TryGeneration(ReadOnlySpan<byte> name, ReadOnlySpan<byte> prefix, out int generation)
    {
        // Some programs leave the first generation's number out.
        generation = 0;
        if (name.SequenceEqual(prefix[..^1])) return true;
        if (!name.StartsWith(prefix)) return false;
        var digits = name[prefix.Length..];
        if (digits.Length is 0 or > 6) return false;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            generation = (generation * 10) + digit - '0';
        }

        return true;
    }

    // What later versions of the format may bring: capitals, digits, underscores.
    private static bool IsLabel(ReadOnlySpan<byte> text) =>
        text.Length is >= 3 and <= 64 && !text.ContainsAnyExcept(LabelBytes) && text[0] is >= (byte)'A' and <= (byte)'Z';

    private static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> line)
    {
        line = line.TrimStart(" \t"u8);
        var end = line.IndexOfAny((byte)' ', (byte)'\t');
        var word = end < 0 ? line : line[..end];
        line = end < 0 ? default : line[end..];
        return word;
    }

#if NET10_0_OR_GREATER
    private static bool TryHex(ReadOnlySpan<byte> text, Span<byte> value) =>
        Convert.FromHexString(text, value, out _, out var written) == OperationStatus.Done && written == value.Length;
#else
    // .NET 9 reads hexadecimal from UTF-16 only.
    private static bool TryHex(ReadOnlySpan<byte> text, Span<byte> value)
    {
        if (text.Length != value.Length * 2) return false;
        for (var i = 0; i < value.Length; i++)
        {
            if (!Digit(text[2 * i], out var high) || !Digit(text[(2 * i) + 1], out var low)) return false;
            value[i] = (byte)((high << 4) | low);
        }

        return true;

        static bool Digit(byte c, out int digit)
        {
            digit = c is >= (byte)'0' and <= (byte)'9' ? c - '0' : (c | 0x20) - 'a' + 10;
            return char.IsAsciiHexDigit((char)c);
        }
    }
#endif

    private static readonly SearchValues<byte> LabelBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    // The longest line is an ECH_CONFIG: 4,096 bytes in hexadecimal, a client random and a label.
    private const int MaxLine = 16 * 1024;

    private const int MaxFaults = 20;
}
