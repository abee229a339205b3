using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>Writes the "tls" object of a connection.</summary>
internal static class TlsJson
{
    public static void Write(TlsFacts facts, Utf8JsonWriter json, FlowSummary flow)
    {
        WriteAgreement(facts, json, flow);
        json.WriteStartArray("messages"u8);
        foreach (var step in facts.Steps) WriteMessage(step, json, flow);
        json.WriteEndArray();
        json.WriteStartArray("alerts"u8);
        foreach (var step in facts.Alerts) WriteAlert(step, json, flow);
        json.WriteEndArray();
        json.WriteStartArray("certificates"u8);
        foreach (var (step, position, certificate) in facts.AllCertificates()) WriteCertificate(step, position, certificate, json, flow);
        json.WriteEndArray();
        json.WriteStartArray("proofs"u8);
        foreach (var verification in facts.Verifications) WriteVerification(verification, json);
        json.WriteEndArray();
    }

    private static void WriteAgreement(TlsFacts facts, Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteString("version"u8, facts.Version?.Name);
        json.WriteString("cipher_suite"u8, facts.CipherSuite?.Name);
        if (facts.CipherSuite is { } suite) json.WriteNumber("cipher_suite_code"u8, suite.Code);
        else json.WriteNull("cipher_suite_code"u8);
        json.WriteString("group"u8, facts.Group?.Name);
        json.WriteString("sni"u8, facts.ServerName);
        json.WriteString("alpn"u8, facts.AlpnProtocol);
        json.WriteStartArray("alpn_offered"u8);
        foreach (var name in facts.ClientHello?.AlpnProtocols ?? []) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteString("resumed"u8, facts.Resumption switch
        {
            TlsResumption.No => "no",
            TlsResumption.SessionId => "session_id",
            TlsResumption.Ordinal => "ticket",
            TlsResumption.Psk => "psk",
            _ => null,
        });
        json.WriteBoolean("hello_retry"u8, facts.HelloRetryRequest is not null);
        json.WriteString("early_data"u8, facts.EarlyData switch
        {
            EarlyDataState.Offered => "offered",
            EarlyDataState.Accepted => "accepted",
            EarlyDataState.Rejected => "rejected",
            _ => "none",
        });
        json.WriteString("client_certificate"u8, facts.ClientCertificate switch
        {
            ClientCertificateState.NotRequested => "not_requested",
            ClientCertificateState.Requested => "requested",
            ClientCertificateState.Sent => "sent",
            ClientCertificateState.Empty => "empty",
            _ => null,
        });
        json.WriteString("ech"u8, facts.Ech switch
        {
            EchState.Grease => "grease",
            EchState.Offered => "offered",
            EchState.Accepted => "accepted",
            EchState.Rejected => "rejected",
            _ => "none",
        });
        var hello = facts.ClientHello is { IsSsl2Form: false } modern ? modern : null;
        var fingerprints = hello is null ? null : Fingerprints.Of(hello, flow.Transport);
        json.WriteString("ja3"u8, fingerprints?.Ja3);
        json.WriteString("ja3s"u8, facts.ServerHello is { } answer ? Ja3.Of(answer) : null);
        json.WriteString("ja4"u8, fingerprints?.Ja4);
        json.WriteBoolean("decrypted"u8, facts.IsDecrypted);
    }

    private static void WriteMessage(Step step, Utf8JsonWriter json, FlowSummary flow)
    {
        var type = step switch
        {
            TlsMessageStep message => message.TypeName,
            EncryptedFlightStep flight => flight.TypeName,
            ChangeCipherSpecStep => "change_cipher_spec",
            _ => null,
        };
        if (type is null) return;
        json.WriteStartObject();
        json.WriteString("from"u8, NameOf(flow.SideOf(step.From)));
        json.WriteString("type"u8, type);
        WritePlace(step.First, step.Last, json, flow);
        json.WriteNumber("length"u8, step.Length);
        json.WriteString("sight"u8, NameOf(step.Provenance));
        if (step is EncryptedFlightStep { IsFinished: false } encrypted)
        {
            json.WriteStartArray("contains"u8);
            foreach (var name in encrypted.Contains) json.WriteStringValue(name);
            json.WriteEndArray();
        }

        if (step is TlsMessageStep { Message.Fault: { IsFault: true } fault }) json.WriteString("fault"u8, fault.ToString());
        json.WriteEndObject();
    }

    private static void WriteAlert(TlsAlertStep step, Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteStartObject();
        json.WriteString("from"u8, NameOf(flow.SideOf(step.From)));
        json.WriteString("level"u8, step.Alert?.Level.Name);
        json.WriteString("description"u8, step.Alert?.Description.Name ?? "encrypted_alert");
        if (step.Alert is { } alert) json.WriteNumber("code"u8, alert.Description.Code);
        else json.WriteNull("code"u8);
        WritePlace(step.First, step.Last, json, flow);
        json.WriteString("sight"u8, NameOf(step.Provenance));
        json.WriteEndObject();
    }

    private static void WriteCertificate(TlsMessageStep step, int position, Codec.Certificates.Certificate certificate, Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteStartObject();
        json.WriteString("from"u8, NameOf(flow.SideOf(step.From)));
        json.WriteNumber("position"u8, position);
        json.WriteNumber("frame"u8, step.First.Frame);
        json.WriteString("subject"u8, certificate.Subject);
        json.WriteString("issuer"u8, certificate.Issuer);
        json.WriteString("serial"u8, certificate.Serial);
        json.WriteString("not_before"u8, certificate.NotBeforeText);
        json.WriteString("not_after"u8, certificate.NotAfterText);
        json.WriteStartArray("san"u8);
        foreach (var name in certificate.SubjectAlternativeNames) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteString("key"u8, certificate.Key);
        json.WriteString("signature"u8, certificate.Signature);
        json.WriteString("sha256"u8, certificate.Sha256);
        json.WriteEndObject();
    }

    private static void WriteVerification(VerificationItem verification, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("what"u8, verification.What switch
        {
            VerificationSubject.ServerKeyExchange => "server_key_exchange"u8,
            VerificationSubject.CertificateVerify => "certificate_verify"u8,
            VerificationSubject.Finished => "finished"u8,
            _ => "ocsp_response"u8,
        });
        json.WriteString("from"u8, NameOf(verification.From));
        json.WriteString("verdict"u8, verification.Verdict switch
        {
            VerificationVerdict.Valid => "valid"u8,
            VerificationVerdict.Invalid => "invalid"u8,
            _ => "not_checked"u8,
        });
        json.WriteString("why"u8, verification.Why);
        json.WriteEndObject();
    }

    private static void WritePlace(FrameMark first, FrameMark last, Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteNumber("frame"u8, first.Frame);
        json.WriteNumber("last_frame"u8, last.Frame);
        json.WriteNumber("time_ms"u8, Math.Round(flow.Since(last), 6));
    }

    private static string NameOf(Side side) => side == Side.Client ? "client" : "server";

    private static string NameOf(Provenance provenance) => provenance switch { Provenance.Clear => "clear", Provenance.Decrypted => "decrypted", _ => "inferred" };
}
