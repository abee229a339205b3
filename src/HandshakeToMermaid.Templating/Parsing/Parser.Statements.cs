using HandshakeToMermaid.Templating.Syntax.Expressions;
using HandshakeToMermaid.Templating.Syntax.Statements;

namespace HandshakeToMermaid.Templating.Parsing;

/// <content>Statements.</content>
internal sealed partial class Parser
{
    private IfStatement ParseIf()
    {
        var (at, marker) = Begin();
        var branches = new List<(Expression, Block)>();
        Block? otherwise = null;
        do
        {
            var condition = ParseExpression();
            ExpectEndOfStatement();
            branches.Add((condition, ParseBlock()));
        }
        while (SkipElseIf());
        if (SkipWord("else")) otherwise = ParseElse();
        ExpectEnd(at);
        return new IfStatement(at, [.. branches], otherwise) { Marker = marker };
    }

    private bool SkipElseIf()
    {
        if (!Current.IsWord("else") || !Following.IsWord("if")) return false;
        Skip();
        Skip();
        return true;
    }

    private Block ParseElse()
    {
        ExpectEndOfStatement();
        return ParseBlock();
    }

    private CaseStatement ParseCase()
    {
        var (at, marker) = Begin();
        var subject = ParseExpression();
        ExpectEndOfStatement();
        // Text between the case and its first branch is not written, and its indent ends there.
        var endsIndent = false;
        while (Current.Kind is TokenKind.Text or TokenKind.EscapedText or TokenKind.CodeEnter or TokenKind.CodeExit or TokenKind.NewLine || IsSymbol(";"))
        {
            endsIndent |= Current.Kind == TokenKind.CodeExit;
            Skip();
        }
        var branches = new List<(Expression[], Block)>();
        while (SkipWord("when"))
        {
            var values = new List<Expression>();
            do values.Add(ParseExpression(inWhen: true));
            while (SkipSymbol(",") || SkipSymbol("||"));
            ExpectEndOfStatement();
            branches.Add(([.. values], ParseBlock()));
        }
        var otherwise = SkipWord("else") ? ParseElse() : null;
        if (branches.Count == 0 && otherwise is null && !Current.IsWord("end")) throw Expected("`when`");
        ExpectEnd(at);
        return new CaseStatement(at, subject, [.. branches], otherwise, endsIndent) { Marker = marker };
    }

    private ForStatement ParseFor()
    {
        var (at, marker) = Begin();
        var variable = ParsePath("expected a variable after `for`");
        if (!SkipWord("in")) throw Expected("`in`");
        var options = new List<Argument>();
        var iterator = ParseExpression(options: options);
        ExpectEndOfStatement();
        var body = ParseBlock();
        var otherwise = SkipWord("else") ? ParseElse() : null;
        ExpectEnd(at);
        return new ForStatement(at, variable, iterator, [.. options], body, otherwise) { Marker = marker };
    }

    private WhileStatement ParseWhile()
    {
        var (at, marker) = Begin();
        var condition = ParseExpression();
        var body = ParseBody(at);
        return new WhileStatement(at, condition, body) { Marker = marker };
    }

    private JumpStatement ParseJump(Flow flow)
    {
        var (at, marker) = Begin();
        ExpectEndOfStatement();
        return new JumpStatement(at, flow) { Marker = marker };
    }

    private CaptureStatement ParseCapture()
    {
        var (at, marker) = Begin();
        var target = ParseExpression() as PathExpression ?? throw At(tokens[next - 1]).Error("expected a variable after `capture`");
        var body = ParseBody(at);
        return new CaptureStatement(at, target, body) { Marker = marker };
    }

    private WithStatement ParseWith()
    {
        var (at, marker) = Begin();
        var target = ParseExpression();
        var body = ParseBody(at);
        return new WithStatement(at, target, body) { Marker = marker };
    }

    private WrapStatement ParseWrap()
    {
        var (at, marker) = Begin();
        var target = ParseExpression();
        var call = target as CallExpression ?? new CallExpression(target.Span, target, []);
        var body = ParseBody(at);
        return new WrapStatement(at, call, body) { Marker = marker };
    }

    private WrappedBlockStatement ParseWrappedBlock()
    {
        var (at, marker) = Begin();
        ExpectEndOfStatement();
        return new WrappedBlockStatement(at) { Marker = marker };
    }

    private ReturnStatement ParseReturn()
    {
        var (at, marker) = Begin();
        var value = StartsOperand() ? ParseExpression() : null;
        ExpectEndOfStatement();
        return new ReturnStatement(at, value) { Marker = marker };
    }

    private Statement ParseExpressionStatement()
    {
        var marker = indent;
        var start = Current.Start;
        var expression = ParseExpression();
        if (expression is CallExpression { IsExplicit: true, Target: VariableExpression name } call && IsSymbol("="))
        {
            return ParseInlineFunction(call, name, marker);
        }
        if (Current.Kind == TokenKind.Symbol && Assignments.TryGetValue((string)Current.Value!, out var compound))
        {
            if (expression is not PathExpression target) throw expression.Span.Error("this cannot be assigned to");
            Skip();
            var value = ParseExpression();
            ExpectEndOfStatement();
            return new AssignStatement(From(start), target, compound, value) { Marker = marker };
        }
        ExpectEndOfStatement();
        return new ExpressionStatement(From(start), expression) { Marker = marker };
    }

    private static readonly Dictionary<string, BinaryOperator?> Assignments = new()
    {
        ["="] = null,
        ["+="] = BinaryOperator.Add,
        ["-="] = BinaryOperator.Subtract,
        ["*="] = BinaryOperator.Multiply,
        ["/="] = BinaryOperator.Divide,
        ["//="] = BinaryOperator.DivideWhole,
        ["%="] = BinaryOperator.Modulus,
    };
}
