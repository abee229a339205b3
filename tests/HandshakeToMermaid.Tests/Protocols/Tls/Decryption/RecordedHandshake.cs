using System.Buffers.Binary;
using System.Formats.Asn1;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

/// <summary>A handshake of TLS 1.2 or below as Recorded/record.py wrote it, walked through record by record.</summary>
internal sealed class RecordedHandshake
{
    private readonly Dictionary<Side, RecordDecryptor> openers = [];
    private readonly Dictionary<Side, byte[]> certificates = [];
    private readonly Dictionary<Side, List<byte>> pending = new() { [Side.Client] = [], [Side.Server] = [] };
    private byte[] clientRandom = [];
    private byte[] serverRandom = [];
    private ushort version;
    private CipherParameters suite = null!;
    private bool encryptThenMac;
    private Secret master = null!;

    private RecordedHandshake(string name)
    {
        foreach (var line in File.ReadLines(Path.Combine(Folder, name + ".txt")))
        {
            var parts = line.Split(' ');
            if (parts[0] == "CLIENT_RANDOM") master = new Secret(Convert.FromHexString(parts[1]));
            if (parts[0] is "C" or "S") Records.Add((parts[0] == "C" ? Side.Client : Side.Server, Convert.FromHexString(parts[1])));
        }
    }

    public static string Folder => Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Protocols", "Tls", "Decryption", "Recorded");

    public List<(Side From, byte[] Bytes)> Records { get; } = [];

    public List<VerificationItem> Verifications { get; } = [];

    public TranscriptHash Transcript { get; } = new(1 << 20);

    public string Data { get; private set; } = string.Empty;

    public int Alerts { get; private set; }

    public int Opened { get; private set; }

    public static RecordedHandshake Walk(string name, Action<int, byte[]>? change = null)
    {
        var handshake = new RecordedHandshake(name);
        for (var i = 0; i < handshake.Records.Count; i++)
        {
            change?.Invoke(i, handshake.Records[i].Bytes);
            if (!handshake.Next(handshake.Records[i].From, handshake.Records[i].Bytes)) break;
        }

        return handshake;
    }

    /// <summary>An opener of what a side sends, at its first protected record.</summary>
    public RecordDecryptor Begin(Side side)
    {
        var keys = KeyBlock.Derive(version, suite, master, clientRandom, serverRandom);
        return RecordDecryptor.ForTls12(suite, version, keys, side, encryptThenMac, out _)!;
    }

    private bool Next(Side from, byte[] record)
    {
        var content = record.AsSpan(5).ToArray();
        var type = record[0];
        if (openers.TryGetValue(from, out var opener))
        {
            if (!opener.TryOpen(type, BinaryPrimitives.ReadUInt16BigEndian(record.AsSpan(1)), record.AsSpan(5), out _, out var opened, out _)) return false;
            content = opened.ToArray();
            Opened++;
        }

        if (type == 20) openers[from] = Begin(from);
        if (type == 21) Alerts++;
        if (type == 23) Data += System.Text.Encoding.ASCII.GetString(content);
        if (type != 22) return true;
        pending[from].AddRange(content);
        while (pending[from].Count >= 4)
        {
            var all = pending[from].ToArray();
            var length = 4 + ((all[1] << 16) | (all[2] << 8) | all[3]);
            if (all.Length < length) break;
            pending[from].RemoveRange(0, length);
            Message(from, all[..length]);
        }

        return true;
    }

    private void Message(Side from, byte[] message)
    {
        var body = message.AsSpan(4);
        switch (message[0])
        {
            case 1:
                clientRandom = body[2..34].ToArray();
                break;
            case 2:
                version = BinaryPrimitives.ReadUInt16BigEndian(body);
                serverRandom = body[2..34].ToArray();
                var at = 35 + body[34];
                suite = CipherParameters.Of(new CipherSuite(BinaryPrimitives.ReadUInt16BigEndian(body[at..])))!;
                for (at += 5; at + 4 <= body.Length; at += 4 + BinaryPrimitives.ReadUInt16BigEndian(body[(at + 2)..]))
                    encryptThenMac |= BinaryPrimitives.ReadUInt16BigEndian(body[at..]) == 22;
                break;
            case 11 when body.Length > 6:
                var tbs = new AsnReader(body[6..].ToArray(), AsnEncodingRules.DER).ReadSequence().ReadSequence();
                for (var i = 0; i < 6; i++) tbs.ReadEncodedValue();
                certificates[from] = tbs.ReadEncodedValue().ToArray();
                break;
            case 12:
                ServerKeyExchange(body);
                break;
            case 15:
                Verifications.Add(VerificationItem.Of(VerificationSubject.CertificateVerify, from, version == 0x0303
                    ? SignatureVerifier.VerifyTls12(new SignatureScheme(BinaryPrimitives.ReadUInt16BigEndian(body)), certificates[from], SignedContent.CertificateVerifyTls12(Transcript), body[4..])
                    : SignatureVerifier.VerifyTls11(certificates[from], SignedContent.CertificateVerifyTls12(Transcript), body[2..])));
                break;
            case 20:
                Verifications.Add(VerificationItem.OfFinished(from, VerifyData.Tls12(version, suite.Hash, master, from, Transcript.Messages), body));
                break;
        }

        Transcript.Append(message);
    }

    private void ServerKeyExchange(ReadOnlySpan<byte> body)
    {
        var length = 4 + body[3];
        if (body[0] != 3)
        {
            length = 0;
            for (var i = 0; i < 3; i++) length += 2 + BinaryPrimitives.ReadUInt16BigEndian(body[length..]);
        }

        var content = SignedContent.ServerKeyExchange(clientRandom, serverRandom, body[..length]);
        var rest = body[length..];
        Verifications.Add(VerificationItem.Of(VerificationSubject.ServerKeyExchange, Side.Server, version == 0x0303
            ? SignatureVerifier.VerifyTls12(new SignatureScheme(BinaryPrimitives.ReadUInt16BigEndian(rest)), certificates[Side.Server], content, rest[4..])
            : SignatureVerifier.VerifyTls11(certificates[Side.Server], content, rest[2..])));
    }
}
