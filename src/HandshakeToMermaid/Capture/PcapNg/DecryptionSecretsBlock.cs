namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>
/// Decryption Secrets Block (draft-ietf-opsawg-pcapng section 4.7): <c>uint32 secrets_type; uint32 secrets_len; data, padded to 4; options</c>.
/// Kept is the TLS key log in the NSS format; the secrets of SSH, WireGuard, ZigBee and OPC UA are not.
/// </summary>
internal static class DecryptionSecretsBlock
{
    /// <summary>Keeps a block's key log; false where its length is wrong or there is no more room.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, ByteOrder order, CaptureNotes notes)
    {
        if (body.Length < 8) return false;
        if (order.U32(body) != TlsKeyLog) return true;
        var length = order.U32(body[4..]);
        return length <= body.Length - 8 && notes.TryAddKeyLog(body.Slice(8, (int)length));
    }

    private const uint TlsKeyLog = 0x544C534B;
}
