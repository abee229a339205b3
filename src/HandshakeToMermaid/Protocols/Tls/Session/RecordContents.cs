using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>
/// Reads the content of records: messages and alerts where they are readable, else what is visible without keys. Up to TLS 1.2 a
/// ChangeCipherSpec begins the encrypted part of its direction; in TLS 1.3 every record of type application_data is encrypted and a
/// ChangeCipherSpec means nothing.
/// </summary>
/// <param name="session">Receives the messages.</param>
/// <param name="halves">Both directions.</param>
/// <param name="marks">Receives the records of application data.</param>
/// <param name="encryption">Distinguishes encrypted records from readable ones.</param>
/// <param name="retention">Decides whether encrypted records are stored.</param>
internal sealed class RecordContents(TlsSession session, TlsHalf[] halves, ApplicationDataMarks marks, RecordEncryption encryption, RecordRetention retention)
{
    /// <summary>Reads a record.</summary>
    public void Read(Direction from, TlsHalf half, in TlsRecord record)
    {
        if (record.IsSsl2)
        {
            Ssl2(from, half, record);
            return;
        }

        switch (record.Type.Code)
        {
            case 20:
                ChangeCipherSpec(from, half, record);
                break;
            case 21:
                Alert(from, half, record);
                break;
            case 22:
                if (encryption.IsEncryptedHandshake(half, record.Fragment)) EncryptedHandshake(from, half, record);
                else ClearHandshake(from, half, record, record.Fragment);
                break;
            case 23:
                Data(from, half, record);
                break;
            case 24:
                Heartbeat(from, half, record);
                break;
            default:
                break;
        }
    }

    private void Ssl2(Direction from, TlsHalf half, in TlsRecord record)
    {
        if (record.IsCut) return;
        var type = record.Fragment.IsEmpty ? (byte)0 : record.Fragment[0];
        if (!half.IsSsl2Encrypted && type is 1 or 2 or 4)
        {
            // The client's key is the last message in cleartext (only error and certificate messages could be, too).
            if (type == 2) halves[0].IsSsl2Encrypted = halves[1].IsSsl2Encrypted = true;
            session.Ssl2Message(from, record.Fragment.ToArray(), record.First, record.Last);
            return;
        }

        half.DataRecords++;
        if (!half.FirstData.IsSet) half.FirstData = record.Last;
    }

    private void ChangeCipherSpec(Direction from, TlsHalf half, in TlsRecord record)
    {
        // Up to TLS 1.2 a second one is itself encrypted and belongs to a renegotiation.
        if (half.HasChangedCipher && !session.IsTls13)
        {
            Keep(from, half, record, session.Steps.Count);
            return;
        }

        half.HasChangedCipher = true;
        session.Add(new ChangeCipherSpecStep { From = from, First = record.First, Last = record.Last });
    }

    private void Alert(Direction from, TlsHalf half, in TlsRecord record)
    {
        var after = half.DataRecords > 0 || (halves[0].Finished is not null && halves[1].Finished is not null);
        var fragment = record.Fragment;
        if (half.HasChangedCipher && !session.IsTls13 && encryption.IsNull) fragment = encryption.WithoutMac(fragment);
        else if (encryption.IsEncryptedAlert(half, fragment))
        {
            // That an alert went by is seen; which one is not.
            var position = session.Steps.Count;
            session.Alert(from, null, record.First, record.Last, Provenance.Clear, after);
            Keep(from, half, record, position, session.Steps.Count > position ? session.Steps[position] : null);
            return;
        }

        for (; fragment.Length >= 2; fragment = fragment[2..])
        {
            var alert = new Alert(new AlertLevel(fragment[0]), new AlertDescription(fragment[1]));
            session.Alert(from, alert, record.First, record.Last, Provenance.Clear, after);
        }
    }

    private void ClearHandshake(Direction from, TlsHalf half, in TlsRecord record, ReadOnlySpan<byte> fragment)
    {
        if (half.Handshake.IsLost && !half.Handshake.TryResume(fragment)) return;
        var pieces = record.Pieces;
        var piece = 0;
        for (var at = 0; at < fragment.Length;)
        {
            while (piece < pieces.Length - 1 && pieces[piece].End <= at) piece++;
            var mark = piece < pieces.Length ? pieces[piece].Mark : record.Last;
            var isInSeveral = piece < pieces.Length - 1;
            if (isInSeveral && half.Handshake.TryKnown(fragment[at..], mark, out var known))
            {
                // A chain that came before, here in several segments: it is not copied again.
                at += known.Bytes.Length;
                for (; piece < pieces.Length - 1 && pieces[piece].End < at; piece++) known = known with { Last = FrameMark.Latest(known.Last, pieces[piece + 1].Mark) };
                session.Message(from, known, Provenance.Clear, record.Version);
                continue;
            }

            var end = isInSeveral ? Math.Min(pieces[piece].End, fragment.Length) : fragment.Length;
            var bytes = fragment[at..end];
            if (half.Handshake.TryTake(ref bytes, mark, out var message)) session.Message(from, message, Provenance.Clear, record.Version);
            at = end - bytes.Length;
        }

        if (record.IsCut) half.Handshake.Lose();
    }

    private void EncryptedHandshake(Direction from, TlsHalf half, in TlsRecord record)
    {
        if (encryption.IsNull && half.HasChangedCipher)
        {
            ClearHandshake(from, half, record, encryption.WithoutMac(record.Fragment));
            return;
        }

        var step = new EncryptedFlightStep
        {
            From = from, First = record.First, Last = record.Last, Provenance = Provenance.Inferred, Bytes = record.Length,
            IsFinished = half.Finished is null, Contains = half.Finished is null ? ["finished"] : [], IsProbable = half.Finished is not null,
        };
        half.Finished ??= step;
        Keep(from, half, record, session.Steps.Count, step);
        session.Add(step);
    }

    private void Data(Direction from, TlsHalf half, in TlsRecord record)
    {
        Keep(from, half, record, session.Steps.Count);
        marks.Add(from, half, 1, record.Length, record.First, record.Last);
    }

    private void Heartbeat(Direction from, TlsHalf half, in TlsRecord record)
    {
        if (encryption.IsEncryptedAlert(half, record.Fragment) || record.Fragment.Length < 3)
        {
            Keep(from, half, record, session.Steps.Count);
            return;
        }

        session.Add(new HeartbeatStep
        {
            From = from, First = record.First, Last = record.Last, Kind = record.Fragment[0],
            DeclaredLength = (record.Fragment[1] << 8) | record.Fragment[2], HeldLength = record.Fragment.Length - 3,
        });
    }

    private void Keep(Direction from, TlsHalf half, in TlsRecord record, int position, Step? placeholder = null)
    {
        if (!retention.KeepsApplicationData) return;
        if (record.IsCut || record.Fragment.Length != record.Length)
        {
            half.Encrypted.Skip(1, record.Fragment, record.Length);
            return;
        }

        var stored = new EncryptedRecord(from, record.Type, record.Version, record.Fragment.ToArray(), record.First, record.Last, session.NextOrder());
        half.Encrypted.Add(stored, position, placeholder, half.HasLostRecords);
        half.HasLostRecords = false;
    }
}
