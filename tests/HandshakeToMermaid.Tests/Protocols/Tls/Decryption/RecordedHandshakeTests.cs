using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Decryption;

/// <summary>Handshakes recorded from OpenSSL and GnuTLS by Recorded/record.py.</summary>
public sealed class RecordedHandshakeTests
{
    public static TheoryData<string> Names => new(Directory.EnumerateFiles(RecordedHandshake.Folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)!).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_record_opens_and_every_proof_is_valid(string name)
    {
        var handshake = RecordedHandshake.Walk(name);
        Assert.Equal(2, handshake.Verifications.Count(verification => verification.What == VerificationSubject.Finished));
        // OpenSSL signs with a DSA key and SHA-224, which the base class library does not offer.
        var notChecked = name == "tls12-ecdhe-ecdsa-aes256-sha384" ? new VerificationItem(VerificationSubject.CertificateVerify, Side.Client, VerificationVerdict.NotChecked, "DSA with SHA-224 is not supported by this platform") : null;
        Assert.All(handshake.Verifications.Where(verification => verification != notChecked), verification => Assert.Equal((VerificationVerdict.Valid, null), (verification.Verdict, verification.Why)));
        Assert.Contains("ping", handshake.Data);
        Assert.True(handshake.Opened >= 4, $"{handshake.Opened} records opened");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_flipped_bit_of_a_protected_record_keeps_it_closed(string name)
    {
        var handshake = RecordedHandshake.Walk(name);
        foreach (var side in new[] { Side.Client, Side.Server })
        {
            var index = handshake.Records.FindIndex(record => record.From == side && record.Bytes[0] == 20) + 1;
            while (handshake.Records[index].From != side) index++;
            var record = handshake.Records[index].Bytes;
            var version = (ushort)((record[1] << 8) | record[2]);
            using var opener = handshake.Begin(side);
            for (var bit = 0; bit < (record.Length - 5) * 8; bit++)
            {
                record[5 + (bit / 8)] ^= (byte)(1 << (bit % 8));
                Assert.False(opener.TryOpen(22, version, record.AsSpan(5), out _, out var content, out var fault));
                Assert.NotEqual(RecordFault.None, fault);
                Assert.True(content.IsEmpty);
                record[5 + (bit / 8)] ^= (byte)(1 << (bit % 8));
            }

            Assert.False(opener.TryOpen(23, version, record.AsSpan(5), out _, out _, out _), "another content type");
            Assert.True(opener.TryOpen(22, version, record.AsSpan(5), out _, out _, out _), "the record itself");
            Assert.False(opener.TryOpen(22, version, record.AsSpan(5), out _, out _, out _), "the record again");
        }
    }

    [Theory]
    [InlineData("tls10-dhe-dss-aes128-sha")]
    [InlineData("tls10-ecdhe-aes256-sha-mutual")]
    [InlineData("tls11-ecdhe-ecdsa-aes128-sha-mutual")]
    [InlineData("tls12-ecdhe-rsa-aes128-gcm")]
    public void A_changed_message_makes_its_proof_invalid(string name)
    {
        var whole = RecordedHandshake.Walk(name);
        var keyExchange = whole.Records.FindIndex(record => record.Bytes[0] == 22 && record.Bytes[5] == 12);
        Assert.True(keyExchange >= 0);
        // A byte of the public value in ServerKeyExchange: signed by the server, and part of the transcript of all that follows.
        var changed = RecordedHandshake.Walk(name, (index, bytes) =>
        {
            if (index == keyExchange) bytes[5 + 4 + 20] ^= 1;
        });
        Assert.Contains(changed.Verifications, verification => verification is { What: VerificationSubject.ServerKeyExchange, Verdict: VerificationVerdict.Invalid });
        Assert.Contains(changed.Verifications, verification => verification is { What: VerificationSubject.CertificateVerify, Verdict: VerificationVerdict.Invalid });
        Assert.Contains(changed.Verifications, verification => verification is { What: VerificationSubject.Finished, Verdict: VerificationVerdict.Invalid });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Random_records_and_every_prefix_of_a_record_stay_closed_without_a_throw(string name)
    {
        var handshake = RecordedHandshake.Walk(name);
        using var opener = handshake.Begin(Side.Client);
        var index = handshake.Records.FindIndex(record => record.From == Side.Client && record.Bytes[0] == 20) + 1;
        while (handshake.Records[index].From != Side.Client) index++;
        var fragment = handshake.Records[index].Bytes[5..];
        for (var length = 0; length < fragment.Length; length++) Assert.False(opener.TryOpen(22, 0x0303, fragment.AsSpan(0, length), out _, out _, out _));

        var random = new Random(name.Length);
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(i % 10 == 0 ? 20_000 : 200)];
            random.NextBytes(bytes);
            Assert.False(opener.TryOpen((byte)random.Next(256), (ushort)random.Next(65536), bytes, out _, out _, out _));
        }
    }
}
