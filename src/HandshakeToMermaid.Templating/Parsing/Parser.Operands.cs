using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Parsing;

/// <content>Operands: variables, literals, and what stands in brackets.</content>
internal sealed partial class Parser
{
    private Expression ParseOperand()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Identifier or TokenKind.LocalIdentifier:
                return ParseVariable();
            case TokenKind.Number or TokenKind.String:
                Skip();
                return new LiteralExpression(At(token), token.Value);
            case TokenKind.Interpolated:
                return ParseInterpolated();
            case TokenKind.Symbol:
                return (string)token.Value! switch
                {
                    "(" => ParseParenthesis(),
                    "[" => ParseArray(),
                    "{" => ParseObject(),
                    "!" or "-" or "+" => ParseUnary(),
                    "++" or "--" => ParseIncrement(),
                    "@" => ParseAlias(),
                    "^" => throw Error("spreading a list into arguments with `^` is not supported"),
                    _ => throw Expected("an expression"),
                };
            default:
                throw Expected("an expression");
        }
    }

    private Expression ParseVariable()
    {
        var token = Current;
        var at = Here;
        var name = (string)token.Value!;
        Skip();
        if (token.Kind == TokenKind.LocalIdentifier)
        {
            if (name == "$") throw at.Error("`$$` must stand alone");
            return int.TryParse(name, out var index)
                ? new IndexExpression(at, new LocalExpression(at, ""), new LiteralExpression(at, (long)index))
                : new LocalExpression(at, name);
        }
        return name switch
        {
            "null" => new LiteralExpression(at, value: null),
            "true" => new LiteralExpression(at, Runtime.Values.Box(true)),
            "false" => new LiteralExpression(at, Runtime.Values.Box(false)),
            "this" => new ThisExpression(at),
            "do" => new FunctionExpression(at, ParseFunctionBody(at)),
            _ => new VariableExpression(at, name),
        };
    }

    private Expression ParseParenthesis()
    {
        Expect("(");
        var inner = ParseExpression();
        Expect(")");
        return inner;
    }

    private ArrayExpression ParseArray()
    {
        var start = Current.Start;
        var items = new List<Expression>();
        ignoringLines++;
        Expect("[");
        while (!IsSymbol("]"))
        {
            items.Add(ParseExpression());
            if (!SkipSymbol(",")) break;
        }
        ignoringLines--;
        Expect("]");
        return new ArrayExpression(From(start), [.. items]);
    }

    private ObjectExpression ParseObject()
    {
        var start = Current.Start;
        var members = new List<Argument>();
        ignoringLines++;
        Expect("{");
        while (!IsSymbol("}"))
        {
            if (Current.Kind is not (TokenKind.Identifier or TokenKind.String)) throw Expected("a member's name or `}`");
            var name = (string)Current.Value!;
            Skip();
            Expect(":");
            members.Add(new Argument(name, ParseExpression()));
            if (!SkipSymbol(",")) break;
        }
        ignoringLines--;
        Expect("}");
        return new ObjectExpression(From(start), [.. members]);
    }

    private UnaryExpression ParseUnary()
    {
        var start = Current.Start;
        var symbol = (string)Current.Value!;
        Skip();
        var operand = ParseOperation(UnaryPrecedence, insideCall: false);
        return Checked(new UnaryExpression(From(start), symbol, operand));
    }

    private IncrementExpression ParseIncrement()
    {
        var start = Current.Start;
        var step = IsSymbol("++") ? 1 : -1;
        Skip();
        var operand = ParsePath("only a variable can be counted up or down");
        return new IncrementExpression(From(start), operand, step, isPostfix: false);
    }

    private AliasExpression ParseAlias()
    {
        var start = Current.Start;
        Skip();
        return new AliasExpression(From(start), ParsePath("expected a function's name after `@`"));
    }

    private PathExpression ParsePath(string otherwise)
    {
        Enter();
        var path = ParseOperandAndMembers() as PathExpression ?? throw At(tokens[next - 1]).Error(otherwise);
        depth--;
        return path;
    }

    private InterpolatedExpression ParseInterpolated()
    {
        var at = Here;
        var parts = new List<Expression>();
        foreach (var part in (List<InterpolatedPart>)Current.Value!)
        {
            parts.Add(part.Text is null ? ParseInterpolatedPart(part) : new LiteralExpression(at, part.Text));
        }
        Skip();
        return new InterpolatedExpression(at, [.. parts]);
    }

    private Expression ParseInterpolatedPart(InterpolatedPart part)
    {
        Enter();
        var inner = new Parser(source, Lexer.Code(source, part.Start, part.End), depth);
        var expression = inner.ParseExpression();
        if (inner.Current.Kind != TokenKind.End) throw inner.Expected("`}`");
        depth--;
        return expression;
    }
}
